namespace RxWormhole.Interop.Tests;

/// <summary>How far a transfer is.</summary>
public sealed class ProgressTests : TerminalFixture
{
    [Test]
    public void FileIsSent_BarIsLeftComplete()
    {
        using var sender = Send(100);
        AssertShows(sender, """
            Sending file 'x.bin' (5.2 MB)
            Sending through the relay RELAY
            100%  ━  5.2 MB
            File sent.
            """);
    }

    [Test]
    public void TerminalIsNarrow_RowStaysOne()
    {
        using var sender = Send(30);
        Assert.That(sender.Text.Split('\n'), Has.One.StartsWith("100%").And.All.Length.LessThanOrEqualTo(30));
    }

    [Test]
    public void ProgressIsHidden_TheRestIsNot()
    {
        var file = File("x.bin", 5 << 20);
        using var sender = Elsewhere("send", file);
        using var receiver = AtTerminal(["receive", "--hide-progress", "--accept-file", "--output-dir", In("to"), CodeOf(sender)]);
        Assert.That(receiver.Wait(), Is.Zero, receiver.Text);
        AssertShows(receiver, """
            Receiving file 'x.bin' (5.2 MB)
            Receiving through the relay RELAY
            Received file written to FOLDER/to/x.bin
            """);
    }

    [Test]
    public void NobodyComes_IsToldOnceItTakesAWhile()
    {
        using var sender = AtTerminal(["send", "--text", "hello"]);
        sender.WaitFor("Waiting for the other side...");
        // The window becomes narrower than the row: it is left alone.
        sender.Terminal.Resize(20);
        sender.Interrupt();
        AssertShows(sender, """
            Sending text message (5 bytes)
            Wormhole code is: CODE
            On the other computer, please run:

              rxwormhole receive --relay-url SERVER CODE

            Waiting for the other side...
            ^C
            rxwormhole: Interrup
            ted.
            """);
    }

    private TerminalProcess Send(int columns)
    {
        var sender = AtTerminal(["send", "--code", "5-crossover-clockwork", File("x.bin", 5 << 20)], columns);
        using var receiver = Elsewhere("receive", "--accept-file", "5-crossover-clockwork");
        Assert.That(sender.Wait(), Is.Zero, sender.Text);
        receiver.WaitForExit();
        // No rows are written over where there is no terminal.
        Assert.That(receiver.Errors.Any(each => each is '\r' or '\e' or '%'), Is.False, receiver.Errors);
        return sender;
    }
}
