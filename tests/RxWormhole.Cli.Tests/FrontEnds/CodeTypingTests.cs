using RxWormhole.Cli.Tests.Transfers;
using RxWormhole.Testing;

namespace RxWormhole.Cli.Tests.FrontEnds;

/// <summary>What Tab does to a code, with a server that is as it should be, and with others.</summary>
public sealed class CodeTypingTests : CommandFixture
{
    [Test]
    public void NumberAndWords_AreCompleted()
    {
        var (_, code) = Sending(Text("hello"));
        var typing = Typing();
        var nameplate = code.Split('-')[0];
        Assert.That(Complete(typing, "").Line.Text, Is.EqualTo($"{nameplate}-"));
        Assert.That(Complete(typing, $"{nameplate}-crossov").Line.Text, Is.EqualTo($"{nameplate}-crossover-"));
        Assert.That(Complete(typing, $"{nameplate}-crossover-clockw").Line.Text, Is.EqualTo($"{nameplate}-crossover-clockwork"));
    }

    [TestCase("7 Crossov", "7-crossover-")]
    [TestCase(" 7  CROSSOVER clockw", "7-CROSSOVER-clockwork")]
    [TestCase("7-xyz", "7-xyz")]
    [TestCase("x-", "x-")]
    public void FreelyTyped_IsCompletedOrLeft(string typed, string expected) => Assert.That(Complete(Typing(), typed).Line.Text, Is.EqualTo(expected));

    [Test]
    public void CompletedNumber_CannotBeChanged()
    {
        var typing = Typing();
        Assert.That(typing.WhyNot(LineEdit.At("8")), Is.Null);
        Complete(typing, "7-c");
        Assert.That(typing.WhyNot(LineEdit.At("8")), Does.Contain("7"));
        Assert.That(typing.WhyNot(LineEdit.At("7-d")), Is.Null);
        var other = typing.EnterAsync("8-crossover-clockwork", CancellationToken.None);
        Assert.That(other.Result.Problem!.Message, Does.Contain("cannot be changed"));
    }

    [Test]
    public void HostileServer_ItsListIsNotOffered()
    {
        Rendezvous.Client("bob").Faults = LinkFaults.None.Changing(
            frame => frame.Type == "nameplates", _ => """{"type":"nameplates","nameplates":[{"id":"7\u001b[2J"},{"id":"\u202e8"},{"id":"93"}]}""");
        Assert.That(Complete(Typing(), "").Line.Text, Is.EqualTo("93-"));
    }

    [Test]
    public void SilentServer_IsNotWaitedForLong()
    {
        Rendezvous.Client("bob").Faults = LinkFaults.None.Losing(frame => !frame.IsFromClient && frame.Type is "claimed" or "nameplates");
        var typing = Typing();
        Assert.That(Complete(typing, "").Told.Single(), Does.Contain("lists no numbers"));
        Assert.That(Complete(typing, "7-cr").Told.Single(), Does.Contain("not answered yet"));
        // The words can be typed all the same.
        var entered = typing.EnterAsync("7-crossover-clockwork", CancellationToken.None);
        Advance(1);
        Assert.That(entered.Result.Code, Is.EqualTo("7-crossover-clockwork"));
    }

    private CodeTyping Typing()
    {
        var bob = Wormhole.Create(Network.OptionsFor(Rendezvous, PublicServers.FileTransfer, "bob"));
        return new CodeTyping(bob.InputCode(), new CodeRequest(2, Sends: false, PublicServers.Mailbox), () => 80, Clock);
    }

    private Completion Complete(CodeTyping typing, string text)
    {
        var completion = typing.CompleteAsync(LineEdit.At(text), CancellationToken.None);
        Advance(3);
        return completion.IsCompleted ? completion.Result : throw new InvalidOperationException("It is not completed in three seconds.");
    }
}
