using System.Reactive.Linq;
using System.Reactive.Subjects;
using Microsoft.Reactive.Testing;
using RxWormhole.Contracts;

namespace RxWormhole.Tests.Links;

/// <summary>The HTTP connector keeps the promises of connectors, and makes the requests it should, when it should.</summary>
public sealed class VirtualHttpConnectorTests : ConnectorContract
{
    private const string Add = """{"type":"add","phase":"0","body":"00"}""";

    private TestScheduler clock = new();
    private VirtualHttp server = null!;
    private HttpConnector connector = null!;

    [SetUp]
    public void StartServer()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        clock = new TestScheduler();
        server = new VirtualHttp(clock);
        connector = new HttpConnector(server) { Scheduler = clock };
    }

    [TearDown]
    public void Dispose() => server.Dispose();

    private protected override IRendezvousConnector Connector => connector;

    private protected override Uri Server => server.Address;

    private protected override int LinksAtServer => server.UnderWay;

    private protected override int Standing(int links) => 0;

    private protected override void StopServer() => server.IsUp = false;

    private protected override void Until(Func<bool> holds, string what)
    {
        Advance(11);
        Assert.That(holds(), Is.True, () => $"{what}\n{string.Join('\n', server.Requests)}");
    }

    /// <summary>A link over HTTP notices when it asks next.</summary>
    [Test]
    public override void ServerStops_TheLinkEnds()
    {
        using var link = Dial();
        link.Send(Bind);
        link.Send(Open);
        Until(() => link.Received.Length == 3, "the welcome and two acks");
        StopServer();
        Until(() => link.End is not null, "the end");
        Assert.That(link.Received, Has.Length.EqualTo(3));
    }

    [Test]
    public void Asked_ForNothingBeforeSubscribedTo()
    {
        var sent = new Subject<ReadOnlyMemory<byte>>();
        _ = Connector.Connect(Server, sent);
        Advance(60);
        Assert.That(server.Requests, Is.Empty);
    }

    [Test]
    public void WhatIsSentTogether_GoesTogether()
    {
        using var link = Dial();
        Advance(1);
        link.Send(Bind);
        link.Send(Open);
        link.Send(Add);
        Advance(1);
        Assert.That(server.Requests, Is.EqualTo(new[] { "[]", $"[{Bind},{Open},{Add}]" }));
        Assert.That(link.Received.Select(TypeOf), Is.EqualTo(new[] { "welcome", "ack", "ack", "ack", "message" }));
    }

    [Test]
    public void WhatIsSentWhileARequestIsUnderWay_WaitsForTheNext()
    {
        using var link = Dial();
        link.Send(Bind);
        Advance(0.03);
        link.Send(Open);
        Advance(0.01);
        link.Send(Add);
        Assert.That(server.Requests, Has.Count.EqualTo(2));
        Advance(1);
        Assert.That(server.Requests, Is.EqualTo(new[] { "[]", $"[{Bind}]", $"[{Bind},{Open},{Add}]" }));
        Assert.That(link.Received.Select(TypeOf), Is.EqualTo(new[] { "welcome", "ack", "ack", "ack", "message" }), "the second answer to bind is no news");
    }

    [Test]
    public void LinkThatListens_AsksEveryIntervalAndHearsEachMessageOnce()
    {
        using var link = Dial();
        link.Send(Bind);
        link.Send(Open);
        link.Send(Add);
        using var other = Dial();
        other.Send(Bind.Replace("aa11", "bb22", StringComparison.Ordinal));
        other.Send(Open);
        Advance(5);
        other.Send(Add);
        Advance(0.1);
        var before = server.Requests.Count;
        Advance(10);
        Assert.That(server.Requests.Skip(before).ToArray(), Has.Length.InRange(8, 10), "two links, every two seconds and the time of a request");
        Assert.That(server.Requests[^2..], Has.All.Contains("\"since\":1"));
        foreach (var each in new[] { link, other })
            Assert.That(each.Received.Count(frame => TypeOf(frame) == "message"), Is.EqualTo(2));
        Assert.That(link.Received, Has.Length.EqualTo(4 + 2));
    }

    [Test]
    public void LinkThatDoesNotListen_AsksForNothing()
    {
        using var link = Dial();
        link.Send(Bind);
        link.Send("""{"type":"allocate"}""");
        Advance(3600);
        Assert.That(server.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public void MailboxIsClosed_IsNotOpenedAgain()
    {
        using var link = Dial();
        foreach (var frame in new[] { Bind, Open, Add, """{"type":"close","mailbox":"box"}""" })
            link.Send(frame);
        Advance(3600);
        link.Send("""{"type":"list"}""");
        Advance(1);
        Assert.That(server.Requests[^1], Is.EqualTo($$"""[{{Bind}},{"type":"list"}]"""));
        Assert.That(server.Requests, Has.Count.EqualTo(3));
        Assert.That(server.Mailboxes.Applications.Single().Value.Mailboxes, Is.Empty);
    }

    [Test]
    public void Disposed_AsksForNothingAnyMore()
    {
        var link = Dial();
        link.Send(Bind);
        link.Send(Open);
        Advance(5);
        var before = server.Requests.Count;
        link.Dispose();
        Advance(3600);
        Assert.That(server.Requests, Has.Count.EqualTo(before));
    }

    [Test]
    public void DisposedWhileItAsks_GivesTheRequestUp()
    {
        var link = Dial();
        Advance(0.005);
        Assert.That(server.UnderWay, Is.EqualTo(1));
        link.Dispose();
        Assert.That(server.UnderWay, Is.Zero);
    }

    [Test]
    public void DisposedWhileTheServerDoesNotAnswer_IsGivenUpAfterASecond()
    {
        server.IsSilent = number => number == 2;
        var link = Dial();
        Advance(1);
        link.Send(Bind);
        Advance(0.003);
        Assert.That(server.UnderWay, Is.EqualTo(1));
        link.Dispose();
        Assert.That(server.UnderWay, Is.EqualTo(1), "what was sent before still arrives");
        Advance(1);
        Assert.That(server.UnderWay, Is.Zero);
        Assert.That(server.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public void MuchToSend_GoesInSeveralRequests()
    {
        using var link = Dial();
        link.Send(Bind);
        link.Send(Open);
        for (var i = 0; i < 3; i++)
            link.Send($$"""{"type":"add","phase":"{{i}}","body":"{{new string('0', 600_000)}}"}""");
        Advance(1);
        Assert.That(server.Requests, Has.Count.EqualTo(4));
        Assert.That(server.Requests, Has.All.Length.LessThan(1 << 20));
        Assert.That(link.Received.Count(frame => TypeOf(frame) == "message"), Is.EqualTo(3));
    }

    [Test]
    public void MailboxThatWasLostBetweenTwoRequests_EndsTheLink()
    {
        using var link = Dial();
        link.Send(Bind);
        link.Send(Open);
        link.Send(Add);
        Advance(5);
        server.Mailboxes.Forget();
        using var other = Dial();
        foreach (var frame in new[] { Bind.Replace("aa11", "bb22", StringComparison.Ordinal), Open, Add, Add.Replace("\"0\"", "\"1\"", StringComparison.Ordinal) })
            other.Send(frame);
        Advance(5);
        Assert.That(link.End?.Exception?.Message, Is.EqualTo("the server lost the mailbox"));
        Assert.That(other.End, Is.Null);
    }

    [Test]
    public void AddThatTheServerHad_IsNotCountedAsAMessage()
    {
        using var link = Dial();
        foreach (var frame in new[] { Bind, Open, Add, Add })
            link.Send(frame);
        Advance(5);
        Assert.That(server.Mailboxes.Applications.Single().Value.Read("box"), Has.Count.EqualTo(1));
        Assert.That(link.Received.Count(frame => TypeOf(frame) == "message"), Is.EqualTo(2), "the echo of each");
        Assert.That(link.End, Is.Null);
        using var other = Dial();
        foreach (var frame in new[] { Bind.Replace("aa11", "bb22", StringComparison.Ordinal), Open, Add })
            other.Send(frame);
        Advance(5);
        Assert.That(link.Received.Count(frame => frame.Contains("bb22", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public void UnfitArguments_ThrowAtOnce()
    {
        var sent = Observable.Never<ReadOnlyMemory<byte>>();
        Assert.Throws<ArgumentException>(() => connector.Connect(new Uri("ftp://example.com/"), sent));
        Assert.Throws<ArgumentException>(() => connector.Connect(new Uri("/v1", UriKind.Relative), sent));
        Assert.Throws<ArgumentNullException>(() => connector.Connect(null!, sent));
        Assert.Throws<ArgumentNullException>(() => connector.Connect(Server, null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new HttpConnector { PollInterval = TimeSpan.Zero });
        Assert.Throws<ArgumentNullException>(() => _ = new HttpConnector { Scheduler = null! });
    }

    private void Advance(double seconds) => clock.AdvanceBy(TimeSpan.FromSeconds(seconds).Ticks);

    private static string TypeOf(string frame) => (string)System.Text.Json.Nodes.JsonNode.Parse(frame)!["type"]!;
}
