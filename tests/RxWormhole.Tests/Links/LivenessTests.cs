using System.Reactive.Linq;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Links;

/// <summary>How a link that died silently is found out, and when the next one comes.</summary>
public sealed class LivenessTests : VirtualTimeFixture
{
    [Test]
    public void SilentLink_IsPingedAfterThirtySeconds()
    {
        using var a = Create("alice");
        a.SetCode("4-a-b").Subscribe();
        Advance(29);
        Assert.That(Pings("alice"), Is.EqualTo(1), "the one behind open");
        Advance(2);
        Assert.That(Pings("alice"), Is.EqualTo(2));
        Advance(28);
        Assert.That(Pings("alice"), Is.EqualTo(2));
        Advance(3);
        Assert.That(Pings("alice"), Is.EqualTo(3));
        Assert.That(Rendezvous.Client("alice").LinksMade, Is.EqualTo(1));
    }

    [Test]
    public void HalfOpenLink_IsLostSixtySecondsAfterThePing()
    {
        var (a, b) = Paired();
        var status = Record(a.Status);
        Rendezvous.Client("alice").Silence();
        Advance(89);
        Assert.That(Rendezvous.Client("alice").LinksMade, Is.EqualTo(1));
        b.Send("into the void");
        Advance(5);
        Assert.That(status.Values.Select(each => each.Link).OfType<LinkStatus.Lost>().Single().Reason, Is.EqualTo("no answer for 60 s"));
        var messages = Record(a.Messages);
        Advance(5);
        Assert.That(messages.Values.Single().Text, Is.EqualTo("into the void"));
    }

    [Test]
    public void TrafficOnTheLink_KeepsPingsAway()
    {
        var (_, b) = Paired();
        for (var i = 0; i < 10; i++)
        {
            Advance(20);
            b.Send($"{i}");
        }

        Assert.That(Pings("alice"), Is.EqualTo(1));
    }

    [TestCase("\"pong\"")]
    [TestCase("\"claimed\"")]
    public void LinkWithoutItsMark_IsLostAfterTwentySeconds(string unanswered)
    {
        Rendezvous.Client("alice").Faults = new LinkFaults().Losing(frame => !frame.IsFromClient && frame.Link == 1 && frame.Text.Contains(unanswered, StringComparison.Ordinal));
        using var a = Create("alice");
        a.SetCode("4-a-b").Subscribe();
        Advance(19.9);
        Assert.That(Rendezvous.Client("alice").LinksMade, Is.EqualTo(1));
        Advance(3);
        Assert.That(Rendezvous.Client("alice").LinksMade, Is.EqualTo(2));
    }

    [Test]
    public void MailboxThatTakesLongerToPlayBackThanALinkMayBeSilent_IsPlayedBack()
    {
        var (a, b) = Paired();
        var messages = Record(a.Messages);
        Rendezvous.Client("alice").Faults = new LinkFaults { BytesPerSecond = 3_000 };
        Rendezvous.Client("alice").Cut();
        for (var i = 0; i < 40; i++)
            b.Send(new byte[2_000]);
        Advance(120);
        Assert.That(messages.Values, Has.Count.EqualTo(40));
        Assert.That(Rendezvous.Client("alice").LinksMade, Is.EqualTo(2), "the link worked all the time");
    }

    [Test]
    public void ServerThatNeverGreets_FailsTheFirstLinkAfterTwentySeconds()
    {
        Rendezvous.Client("alice").Faults = new LinkFaults().Losing(frame => !frame.IsFromClient);
        using var a = Create("alice");
        var code = Record(a.AllocateCode());
        Advance(21);
        Assert.That(code.Error, Is.InstanceOf<ServerException>().With.Property("Fault").EqualTo(ServerFault.Unreachable));
        Assert.That(code.EndedAt, Is.EqualTo(20));
    }

    [Test]
    public void FirstLinkThatCannotBeMade_IsReportedAtOnceInPushMode()
    {
        Rendezvous.Stop();
        using var a = Create("alice");
        var code = Record(a.AllocateCode());
        Advance(1);
        Assert.That(code.Error, Is.InstanceOf<ServerException>().With.Property("Fault").EqualTo(ServerFault.Unreachable));
        Assert.That(code.Error!.Message, Does.Contain("ws://rendezvous.invalid/v1").And.Contain("Check the address"));
        Assert.That(code.EndedAt, Is.EqualTo(0.005));
    }

    [TestCase("connection refused", "connection refused", "reached: connection refused.")]
    [TestCase("no link", "connection refused", "reached: no link (connection refused).")]
    public void WhyALinkCannotBeMade_IsSaidOnce(string what, string why, string said)
    {
        using var a = Create(Options("alice") with { Connector = new FailingConnector(new LinkException(what, new IOException(why))) });
        var code = Record(a.AllocateCode());
        Advance(1);
        Assert.That(code.Error!.Message, Does.Contain(said));
    }

    [Test]
    public void FirstLinkThatCannotBeMade_IsTriedAgainInPollMode()
    {
        Rendezvous.Stop();
        using var a = Wormhole.Create(Options("alice") with { Mode = LinkMode.Poll });
        var code = Record(a.AllocateCode());
        Advance(3);
        Assert.That(code.IsOver, Is.False);
        Rendezvous.Start();
        Advance(1);
        Assert.That(code.Values, Has.Count.EqualTo(1));
    }

    [Test]
    public void LinkThatCannotBeMadeAgain_IsTriedAfterGrowingPausesForEver()
    {
        using var a = Wormhole.Create(Options("alice") with { Timeout = TimeSpan.FromDays(1) });
        var status = Record(a.Status);
        a.SetCode("4-a-b").Subscribe();
        Advance(1);
        Rendezvous.Stop();
        Advance(3600);
        var pauses = status.Values.Select(each => each.Link).OfType<LinkStatus.Lost>().Select(lost => lost.RetryIn.TotalSeconds).ToArray();
        Assert.Multiple(() =>
        {
            for (var i = 0; i < pauses.Length; i++)
                Assert.That(pauses[i], Is.InRange(Math.Min(Math.Pow(1.5, i + 1), 60), Math.Min(Math.Pow(1.5, i + 1), 60) + 1), $"pause {i + 1}");
            Assert.That(pauses, Has.Length.GreaterThan(50));
            Assert.That(status.Values.Select(each => each.Link).OfType<LinkStatus.Dialling>().Max(dialling => dialling.Attempt), Is.InRange(pauses.Length - 1, pauses.Length));
        });
    }

    [Test]
    public void LinkThatWorkedOnce_StartsThePausesAnew()
    {
        using var a = Wormhole.Create(Options("alice") with { Timeout = TimeSpan.FromDays(1) });
        var status = Record(a.Status);
        a.SetCode("4-a-b").Subscribe();
        Advance(1);
        Rendezvous.Stop();
        Advance(60);
        Rendezvous.Start();
        Advance(60);
        Rendezvous.Client("alice").Cut();
        Advance(0.1);
        Assert.That(((LinkStatus.Lost)status.Values[^1].Link).RetryIn.TotalSeconds, Is.InRange(1.5, 2.5));
    }

    [Test]
    public void LinkThatIsGreetedAndCutAtOnce_DoesNotStartThePausesAnew()
    {
        using var a = Wormhole.Create(Options("alice") with { Timeout = TimeSpan.FromDays(1) });
        var status = Record(a.Status);
        a.SetCode("4-a-b").Subscribe();
        Advance(1);

        // Each link is cut after its welcome.
        var frames = Rendezvous.Client("alice").Frames;
        Rendezvous.Client("alice").Faults = new LinkFaults { CutAfter = [.. Enumerable.Range(frames + 1, 100)] };
        Rendezvous.Client("alice").Cut();
        Advance(120);
        var pauses = status.Values.Select(each => each.Link).OfType<LinkStatus.Lost>().Select(lost => lost.RetryIn).ToArray();
        Assert.That(pauses, Is.Ordered.And.Length.GreaterThan(5));
    }

    [Test]
    public void ServerThatSaysWhenToComeBack_IsObeyed()
    {
        using var a = Wormhole.Create(Options("alice") with { Connector = new DrainingConnector(Rendezvous.Client("alice"), TimeSpan.FromSeconds(7)) });
        var status = Record(a.Status);
        a.SetCode("4-a-b").Subscribe();
        Advance(1);
        Rendezvous.Client("alice").Cut();
        Advance(0.1);
        Assert.That(((LinkStatus.Lost)status.Values[^1].Link).RetryIn, Is.EqualTo(TimeSpan.FromSeconds(7)));
    }

    [Test]
    public void ServerThatSaysWhenToComeBack_IsObeyedByPollersToo()
    {
        Rendezvous.Client("alice").Faults = new LinkFaults { CutAfter = [1] };
        using var a = Wormhole.Create(Options("alice") with
        {
            Connector = new DrainingConnector(Rendezvous.Client("alice"), TimeSpan.FromSeconds(7)), Mode = LinkMode.Poll, Schedule = PollingSchedule.FaceToFace,
        });
        var status = Record(a.Status);
        a.SetCode("4-a-b").Subscribe();
        Advance(6.5);
        Assert.That(status.Values.Select(each => each.Link).OfType<LinkStatus.Lost>().Select(lost => lost.RetryIn), Is.EqualTo(new[] { TimeSpan.FromSeconds(7) }));
        Assert.That(status.Values[^1].Link, Is.InstanceOf<LinkStatus.Lost>());
        Advance(8);
        Assert.That(status.Values[^1].Link, Is.Not.InstanceOf<LinkStatus.Lost>());
    }

    private int Pings(string client) => Rendezvous.Transcript.From(client).Count(frame => frame.Type == "ping");

    private sealed class DrainingConnector(IRendezvousConnector inner, TimeSpan after) : IRendezvousConnector
    {
        public IObservable<ReadOnlyMemory<byte>> Connect(Uri server, IObservable<ReadOnlyMemory<byte>> outbound) =>
            System.Reactive.Linq.Observable.Catch<ReadOnlyMemory<byte>, LinkException>(
                inner.Connect(server, outbound),
                lost => System.Reactive.Linq.Observable.Throw<ReadOnlyMemory<byte>>(new LinkException(lost.Message) { RetryAfter = after }));
    }

    private sealed class FailingConnector(Exception why) : IRendezvousConnector
    {
        public IObservable<ReadOnlyMemory<byte>> Connect(Uri server, IObservable<ReadOnlyMemory<byte>> outbound) => Observable.Throw<ReadOnlyMemory<byte>>(why);
    }
}
