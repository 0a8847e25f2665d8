namespace RxWormhole.Testing.Tests;

/// <summary>What somebody reads who wants to know why a test failed.</summary>
public sealed class TranscriptTests : RawFixture
{
    private const string TinySession =
        """
             0.005  bob      link 1
             0.010  bob      ← welcome {"motd":"be nice"}
             0.025  bob      → bind example.com/test as bob
             0.030  bob      ← ack
             0.045  bob      → claim 4
             0.050  bob      ← ack
             0.050  bob      ← claimed z3onp2ynmyqkp
             0.065  bob      → open z3onp2ynmyqkp
             0.070  bob      ← ack
             0.085  bob      → add pake (2 bytes)
             0.090  bob      ← ack
             0.090  bob      ← message pake of bob (2 bytes)
             1.080           the server stops
             1.080  bob      link 1 cut by the server's stop
             1.080           the server starts without its data
             1.085  alice    link 1 refused
             2.085  alice    link 2
             2.085  alice    → bind example.com/test as a1
             2.085  alice    → claim 7 keep 600 s
             2.085  alice    → add 0 (1 bytes), lost
             2.085  alice    → ? a message must be a JSON object
             2.085  alice    → list
             2.085  alice    link 2 cut after list
             3.085  alice    link 3
             3.090  alice    ← welcome {"motd":"be nice"}
             3.105  alice    → bind example.com/test as alice
             3.110  alice    ← ack
             3.120  alice    the link is half-open from here on
        """;

    [Test]
    public void TinySession_ReadsLikeThis()
    {
        Rendezvous.Welcome = new Protocol.WelcomeInfo { Motd = "be nice" };
        using var bob = Opened("bob");
        bob.Say("""{"type":"add","phase":"pake","body":"c0de"}""");
        Advance(1000);
        Rendezvous.Restart(keepData: false);
        Alice.Unplug();
        using var refused = Dial();
        Advance(1000);
        Alice.PlugIn();
        using var alice = Dial("alice", LinkFaults.None.Losing(frame => frame.Phase == "0").CuttingAfter(frame => frame.Type == "list"));
        alice.Bind("a1");
        alice.Say("""{"type":"claim","nameplate":"7","keep":600}""", """{"type":"add","phase":"0","body":"00"}""", "no json", """{"type":"list"}""");
        Advance(1000);
        Alice.Faults = LinkFaults.None;
        using var silent = Bound();
        Alice.Silence();
        Advance(1000);
        Assert.That(Rendezvous.Transcript.ToString(), Is.EqualTo(TinySession.ReplaceLineEndings("\n") + "\n"));
    }

    [Test]
    public void FromAndTo_GiveTheFramesThatArrived()
    {
        using var alice = Bound();
        using var bob = Bound("bob");
        alice.Ping(1);
        Advance(4);
        Assert.That(Rendezvous.Transcript.From("alice").Select(frame => frame.Type), Is.EqualTo(new[] { "bind" }), "the ping is on its way");
        Advance(20);
        Assert.That(Rendezvous.Transcript.From("alice").Select(frame => frame.Type), Is.EqualTo(new[] { "bind", "ping" }));
        Assert.That(Rendezvous.Transcript.To("alice").Select(frame => frame.Type), Is.EqualTo(new[] { "welcome", "ack", "ack", "pong" }));
        Assert.That(Rendezvous.Transcript.To("bob").Select(frame => frame.Client), Has.Exactly(2).EqualTo("bob").And.All.EqualTo("bob"));
        Assert.That(Rendezvous.Transcript.From("nobody"), Is.Empty);
    }

    [Test]
    public void Entries_AreACopy()
    {
        var before = Rendezvous.Transcript.Entries;
        using var link = Bound();
        Assert.That(before, Is.Empty);
        Assert.That(Rendezvous.Transcript.Entries, Is.Not.Empty);
    }

    [Test]
    public void Times_CountFromTheMakingOfTheRendezvous()
    {
        Advance(5000);
        StartServer(new VirtualRendezvousOptions());
        using var link = Bound();
        Assert.That(Rendezvous.Transcript.Entries[0].At.TotalMilliseconds, Is.EqualTo(5).Within(0.01));
    }

    [Test]
    public void StrangeFrames_AreShownWithWhatIsWrong()
    {
        using var link = Dial(faults: LinkFaults.None.Changing(frame => frame.Type == "pong", _ => "[]"));
        link.Say("no json", """{"type":"x"}""", """{"type":"ping","ping":1}""");
        Advance(20);
        var lines = Rendezvous.Transcript.Entries.Select(entry => entry.What).ToArray();
        Assert.That(lines, Has.Exactly(2).StartsWith("→ ?"));
        Assert.That(lines, Has.Exactly(1).StartsWith("← ?"));
    }

    [Test]
    public void Frame_TellsTypePhaseAndText()
    {
        var added = new VirtualFrame("alice", 1, true, """{"type":"add","phase":"pake","body":"00"}"""u8.ToArray());
        var message = new VirtualFrame("alice", 1, false, """{"type":"message","side":"b","phase":"3","body":"00"}"""u8.ToArray());
        Assert.That((added.Type, added.Phase), Is.EqualTo(("add", "pake")));
        Assert.That((message.Type, message.Phase), Is.EqualTo(("message", "3")));
        Assert.That(added.With("boo").Text, Is.EqualTo("boo"));
        Assert.That((added.With("boo").Type, added.With("boo").Phase), Is.EqualTo(((string?)null, (string?)null)));
        Assert.That(added.With("""{"type":"ping","ping":1}""").Phase, Is.Null);
    }
}
