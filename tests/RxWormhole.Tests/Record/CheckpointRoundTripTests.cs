using RxWormhole.Testing;

namespace RxWormhole.Tests.Record;

/// <summary>What is written can be read, at every stage of a session, whatever the server made of it.</summary>
public sealed class CheckpointRoundTripTests : VirtualTimeFixture
{
    private readonly Drawer drawer = new();

    [SetUp]
    public void ClearJournal() => drawer.All.Clear();

    [Test]
    public void EveryStage_IsReadAsItWasWritten([Values] LinkMode mode, [Values("allocated", "set", "typed")] string way)
    {
        var log = new LogRecorder();
        using var alice = Wormhole.Create(Options("alice") with { Mode = mode, Journal = drawer.Store, Logger = log });
        using var bob = Create("bob");
        alice.Send(SampleCheckpoint.Message);
        var code = Record(alice.Code);
        if (way == "allocated")
            alice.AllocateCode().Subscribe();
        else if (way == "set")
            alice.SetCode("4-purple-sausages").Subscribe();
        else
            Type(alice);
        Advance(3);
        bob.SetCode(code.Values.Single()).Subscribe();
        bob.Send("theirs");
        alice.Messages.Subscribe();
        Advance(3);
        Rendezvous.Restart(keepData: false);
        Advance(5);
        alice.Close();
        bob.Close();
        Advance(5);
        AssertReadAsWritten();
        Assert.That(drawer.All[^1].IsEnded, Is.True);
        Assert.That(
            drawer.All.Select(checkpoint => checkpoint.ToRecord().Stage).Distinct(),
            Is.SupersetOf(new[] { WormholeStage.WaitingForPeer, WormholeStage.Paired, WormholeStage.Closing }));

        string[] secrets = [code.Values[0], .. code.Values[0].Split('-').Skip(1), SampleCheckpoint.Message, Scalar(drawer.All[0])];
        foreach (var text in drawer.All.Select(checkpoint => checkpoint.ToString()).Concat(log.All))
            Assert.That(secrets.Where(secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase)), Is.Empty);
        Assert.That(drawer.All[0].ToString(), Is.EqualTo("(checkpoint of a session)"));
        Assert.That(drawer.All[^1].ToString(), Is.EqualTo("(checkpoint of a session that ended)"));
    }

    [Test]
    public void StrayMailbox_IsReadAsItWasWritten()
    {
        using var alice = Wormhole.Create(Options("alice") with { Journal = drawer.Store });
        alice.AllocateCode().Subscribe();
        Advance(2);
        Rendezvous.Restart(keepData: false);
        Advance(5);
        AssertReadAsWritten();
        Assert.That(drawer.All.Any(checkpoint => checkpoint.ToRecord().Stray is not null), Is.True);
    }

    // A server's texts have no bound but the frame's; what could not be read again must not get into the record.
    [TestCase("claimed", "\"mailbox\":\"", "")]
    [TestCase("claimed", "\"mailbox\":\"", "long")]
    [TestCase("message", "\"side\":\"", "")]
    [TestCase("message", "\"side\":\"", "long")]
    [TestCase("allocated", "\"nameplate\":\"", "")]
    [TestCase("allocated", "\"nameplate\":\"", "long")]
    public void ServerSendsWhatNobodyCouldRestore_TheSessionEndsOverItOrIsReadAsItWasWritten(string type, string key, string value)
    {
        Rendezvous.Client("alice").Faults = LinkFaults.None.Changing(
            frame => !frame.IsFromClient && frame.Type == type && !frame.Text.Contains($"\"side\":\"{Side()}\"", StringComparison.Ordinal),
            text =>
            {
                var from = text.IndexOf(key, StringComparison.Ordinal) + key.Length;
                return text[..from] + (value == "long" ? new string('7', 5000) : "") + text[text.IndexOf('"', from)..];
            });
        using var alice = Wormhole.Create(Options("alice") with { Journal = drawer.Store });
        using var bob = Create("bob");
        var status = Record(alice.Status);
        var code = Record(alice.AllocateCode());
        Advance(1);
        if (code.Values.Count > 0)
            bob.SetCode(code.Values[0]).Subscribe();
        Advance(1);
        Assert.That(status.Values[^1].Outcome?.Error, Is.InstanceOf<ServerException>().With.Property("Fault").EqualTo(ServerFault.Protocol));
        AssertReadAsWritten();
    }

    [Test]
    public void ServerAnswersWhatNobodyAsked_WhatIsWrittenCanBeRead([Values("released", "closed")] string type)
    {
        Rendezvous.Client("alice").Faults = new LinkFaults
        {
            Rewrite = frame => frame.Type == "ack" && !frame.IsFromClient ? [frame, frame.With($$"""{"type":"{{type}}"}""")] : [frame],
        };
        using var alice = Wormhole.Create(Options("alice") with { Journal = drawer.Store });
        alice.AllocateCode().Subscribe(_ => { }, _ => { });
        Advance(2);
        AssertReadAsWritten();
    }

    private string Side() => drawer.All.Count > 0 ? drawer.All[0].ToRecord().Side : "";

    private void Type(Wormhole alice)
    {
        var input = alice.InputCode();
        Advance(1);
        input.ChooseNameplate("4").Subscribe();
        Advance(1);
        input.ChooseWords("purple-sausages").Subscribe();
    }

    private static string Scalar(Checkpoint checkpoint) => Convert.ToHexStringLower(checkpoint.ToRecord().Scalar.Span);

    private void AssertReadAsWritten()
    {
        Assert.That(drawer.All, Is.Not.Empty);
        foreach (var checkpoint in drawer.All)
        {
            var json = checkpoint.ToJson();
            Assert.That(CheckpointDocument.Write(CheckpointDocument.Read(json)), Is.EqualTo(json));
            var parsed = Checkpoint.Parse(json);
            Assert.That((parsed.IsEnded, parsed.Accepted, parsed.Delivered), Is.EqualTo((checkpoint.IsEnded, checkpoint.Accepted, checkpoint.Delivered)));
        }
    }
}
