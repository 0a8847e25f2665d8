using System.Net;
using System.Reactive.Linq;
using System.Text;
using Microsoft.Reactive.Testing;

namespace RxWormhole.Tests.Links;

/// <summary>Answers that are no good: what the link says of each, and whether and when it is worth another attempt.</summary>
public sealed class HttpAnswerTests
{
    private const string Welcome = """{"type":"welcome","welcome":{}}""";

    private TestScheduler clock = new();
    private VirtualHttp server = null!;

    [SetUp]
    public void Begin()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        clock = new TestScheduler();
        clock.AdvanceTo(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero).Ticks);
        server = new VirtualHttp(clock);
    }

    [TearDown]
    public void Dispose() => server.Dispose();

    [TestCase("")]
    [TestCase("[")]
    [TestCase("[{\"type\":\"welcome\"}")]
    [TestCase("[{\"type\":\"welcome\"},")]
    public void CutOff_IsALossOfTheLink(string body) => Assert.That(Failure(body).Message, Is.EqualTo("the server's answer was cut off"));

    [TestCase("<html>")]
    [TestCase("{}")]
    [TestCase("[,]")]
    [TestCase("[7]")]
    [TestCase("[{\"type\":\"welcome\"}{}]")]
    [TestCase("[{\"type\":\"welcome\"},]")]
    [TestCase("[{\"type\":\"welcome\"}]x")]
    [TestCase("[][]")]
    public void NoArrayOfObjects_IsALossOfTheLink(string body) => Assert.That(Failure(body).Message, Is.EqualTo("the server's answer is not a JSON array of messages"));

    [TestCase("[{}]")]
    [TestCase("[{\"type\":7}]")]
    [TestCase("[{\"type\":\"welcome\",}]")]
    [TestCase("[{\"type\":\"welcome\"]}]")]
    [TestCase("[{\"type\":\"wel\ncome\"}]")]
    public void NoMessage_IsALossOfTheLink(string body) => Assert.That(Failure(body).Message, Is.EqualTo("the server's answer holds what is no message"));

    [Test]
    public void LessThanWasAsked_IsALossOfTheLink()
    {
        server.Replaces = number => number == 2 ? VirtualHttp.Answer($$"""[{{Welcome}},{"type":"ack","id":null}]""") : null;
        Assert.That(Failure(2).Message, Is.EqualTo("the server answered 1 of 2 messages"));
    }

    [Test]
    public void LongMessageAndLongAnswer_EndTheSession()
    {
        var longOne = Failure($$"""[{{Welcome}},{"type":"x","body":"{{new string('0', 2000)}}"}]""");
        Assert.That(longOne.Message, Does.Contain("more than 1000 bytes"));
        Assert.That(longOne.IsFatal, Is.True);
        var manyOnes = Failure($"[{Welcome}{string.Concat(Enumerable.Repeat(""" ,{"type":"x"}""", 1000))}]");
        Assert.That(manyOnes.Message, Is.EqualTo("the server's answer has more than 10000 bytes"));
        Assert.That(manyOnes.IsFatal, Is.True);
    }

    [Test]
    public void FramesAreWhatStandsInTheArray_WhereverItIsSplit()
    {
        var frames = new[] { Welcome, """{"type":"a","text":"}]{[\\\"\""}""", """{ "type" : "b", "list" : [ [], {"x":{}} ] }""" };
        var bytes = Encoding.UTF8.GetBytes($" [\n{string.Join(" ,\t", frames)}\r\n] ");
        for (var step = 1; step <= bytes.Length; step++)
        {
            var seen = new List<string>();
            var reader = new JsonArrayReader(1000, frame => seen.Add(Encoding.UTF8.GetString(frame.Span)));
            for (var at = 0; at < bytes.Length; at += step)
                reader.Read(bytes.AsSpan(at, Math.Min(step, bytes.Length - at)));
            reader.End();
            Assert.That(seen, Is.EqualTo(frames), $"in pieces of {step}");
        }
    }

    [TestCase(HttpStatusCode.TooManyRequests, "7", 7)]
    [TestCase(HttpStatusCode.ServiceUnavailable, "7", 7)]
    [TestCase(HttpStatusCode.ServiceUnavailable, null, 1)]
    [TestCase(HttpStatusCode.ServiceUnavailable, "0", 1)]
    [TestCase(HttpStatusCode.ServiceUnavailable, "86400", 300)]
    [TestCase(HttpStatusCode.ServiceUnavailable, "Tue, 01 Jan 2030 00:00:20 GMT", 20)]
    [TestCase(HttpStatusCode.ServiceUnavailable, "soon", 1)]
    public void AskedToComeBack_SaysWhen(HttpStatusCode status, string? after, int seconds)
    {
        var failure = Failure(status, "slow down", after);
        Assert.That(failure.Message, Does.StartWith($"the server answered {(int)status} ").And.EndWith(": slow down"));
        Assert.That(failure.RetryAfter?.TotalSeconds, Is.EqualTo(seconds).Within(0.1));
        Assert.That(failure.RetrySpread, Is.GreaterThan(TimeSpan.Zero));
        Assert.That(failure.IsFatal, Is.False);
    }

    [TestCase(HttpStatusCode.InternalServerError, false)]
    [TestCase(HttpStatusCode.BadGateway, false)]
    [TestCase(HttpStatusCode.NotFound, false)]
    [TestCase(HttpStatusCode.Redirect, false)]
    [TestCase(HttpStatusCode.RequestEntityTooLarge, true)]
    public void OtherStatuses_SayWhatTheServerSaid(HttpStatusCode status, bool isFatal)
    {
        var failure = Failure(status, new string('x', 1000), "7");
        Assert.That(failure.Message, Does.StartWith($"the server answered {(int)status} ").And.Length.LessThan(300));
        Assert.That(failure.RetryAfter, Is.Null);
        Assert.That(failure.IsFatal, Is.EqualTo(isFatal));
    }

    [Test]
    public void PermissionThatIsNoLongerGood_IsALossOfTheLink()
    {
        var refused = $"[{Welcome}," + """{"type":"ack","id":null},{"type":"error","error":"this stamp is not good","orig":{}}]""";
        server.Replaces = number => number == 3 ? VirtualHttp.Answer(refused) : null;
        Assert.That(Failure(3).Message, Is.EqualTo("the server does not take any more what the link began with: this stamp is not good"));
    }

    private LinkException Failure(string body)
    {
        server.Replaces = _ => VirtualHttp.Answer(body);
        return Failure(1);
    }

    private LinkException Failure(HttpStatusCode status, string said, string? after)
    {
        server.Replaces = _ =>
        {
            var response = new HttpResponseMessage(status) { Content = new StringContent(said) };
            if (after is not null)
                response.Headers.TryAddWithoutValidation("Retry-After", after);
            return response;
        };
        return Failure(1);
    }

    // Of the request with this number. The second binds and opens, the third asks for news.
    private LinkException Failure(int request)
    {
        Exception? failure = null;
        var before = server.Requests.Count;
        var connector = new HttpConnector(server) { Scheduler = clock, MaxFrameBytes = 1000, MaxAnswerBytes = 10_000 };
        var frames = new[] { """{"type":"bind","appid":"example.com/answers","side":"aa"}""", """{"type":"open","mailbox":"box"}""" };
        using var link = connector.Connect(server.Address, frames.Select(frame => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(frame)).ToObservable().Concat(Observable.Never<ReadOnlyMemory<byte>>()))
            .Subscribe(_ => { }, error => failure = error);
        clock.AdvanceBy(TimeSpan.FromSeconds(10).Ticks);
        Assert.That(server.Requests.Count - before, Is.EqualTo(request));
        Assert.That(failure, Is.InstanceOf<LinkException>());
        return (LinkException)failure!;
    }
}
