namespace RxWormhole.Interop.Tests;

/// <summary>How far a transfer is.</summary>
public sealed class ProgressTests : TerminalFixture
{
    [TestCase(80)]
    [TestCase(30)]
    public void FileIsSent_BarIsLeftComplete(int columns)
    {
        var file = File("x.bin", 5 << 20);
        using var sender = AtTerminal(["send", "--code", "5-crossover-clockwork", file], columns);
        using var receiver = Elsewhere("receive", "--accept-file", "5-crossover-clockwork");
        Assert.That(sender.Wait(), Is.Zero, sender.Text);
        receiver.WaitForExit();
        Assert.That(receiver.Errors.Any(each => each is '\r' or '\e' or '%'), Is.False, receiver.Errors);
        AssertShows(sender, "");
    }

    [Test]
    public void ProgressIsHidden_TheRestIsNot()
    {
        var file = File("x.bin", 5 << 20);
        using var sender = Elsewhere("send", file);
        using var receiver = AtTerminal(["receive", "--hide-progress", "--accept-file", "--output-dir", In("to"), CodeOf(sender)]);
        Assert.That(receiver.Wait(), Is.Zero, receiver.Text);
        AssertShows(receiver, "");
    }

    [Test]
    public void NobodyComes_IsToldOnceItTakesAWhile()
    {
        using var sender = AtTerminal(["send", "--text", "hello"]);
        sender.WaitFor("Waiting for the other side...");
        sender.Terminal.Resize(20);
        sender.Interrupt();
        AssertShows(sender, "");
    }
}
