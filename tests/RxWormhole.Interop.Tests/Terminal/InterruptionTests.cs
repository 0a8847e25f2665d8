namespace RxWormhole.Interop.Tests;

/// <summary>Ctrl-C, whenever it comes: within two seconds the terminal is as it was, and the other side knows.</summary>
public sealed class InterruptionTests : TerminalFixture
{
    // A transfer lasts as long as a test needs.
    private protected override long? RelayRate => 1_000_000;

    [Test]
    public void WhileATextIsAskedFor()
    {
        using var sender = AtTerminal(["send"]);
        sender.Type("hel", when: "Text to send:");
        sender.WaitFor("hel");
        sender.Interrupt();
        AssertShows(sender, """
            Text to send: hel
            rxwormhole: Interrupted.
            """);
    }

    [Test]
    public void WhileACodeIsTyped([Values] bool isClaimed)
    {
        using var receiver = AtTerminal(["receive"]);
        receiver.Type(isClaimed ? "7-a\t" : "7", when: "code:");
        receiver.WaitFor(isClaimed ? "7-a" : "code: 7");
        if (isClaimed)
            receiver.WaitFor("adroitness");
        receiver.Interrupt();
    }

    [Test]
    public void WhileAsked([Values("(Y/n)", "(yes/no)")] string question)
    {
        var file = File("x.bin", 100);
        using var sender = question == "(Y/n)" ? AtTerminal(["send", file]) : AtTerminal(["send", "--verify", file]);
        var code = CodeOf(sender);
        using var receiver = question == "(Y/n)" ? AtTerminal(["receive", "--output-dir", In("to"), code]) : AtTerminal(["receive", "--verify", code]);
        receiver.WaitFor(question);
        receiver.Interrupt();
        if (question == "(yes/no)")
            sender.Type("yes\r", question);
        Assert.That(sender.Wait(), Is.EqualTo(question == "(Y/n)" ? 5 : 7), sender.Text);
    }

    [Test]
    public void WhileTheOtherSideIsAsked_TakesTheQuestionBack()
    {
        var file = File("x.bin", 100);
        using var sender = AtTerminal(["send", file]);
        using var receiver = AtTerminal(["receive", "--output-dir", In("to"), CodeOf(sender)]);
        receiver.WaitFor("(Y/n)");
        sender.Interrupt();
        Assert.That(receiver.Wait(), Is.EqualTo(5), receiver.Text);
        AssertShows(receiver, "");
    }

    [Test]
    public void WhileBytesMove([Values] bool isSender)
    {
        var file = File("x.bin", 50 << 20);
        using var sender = AtTerminal(["send", file]);
        var target = In("to");
        using var receiver = AtTerminal(["receive", "--accept-file", "--output-dir", target, CodeOf(sender)]);
        var (first, other) = isSender ? (sender, receiver) : (receiver, sender);
        first.WaitFor("MB of 52.4 MB");
        first.Interrupt();
        Assert.That(other.Wait(), Is.EqualTo(7), other.Text);
        Assert.That(Directory.GetFiles(target), Has.All.EndsWith(".rxwormhole-part"));
        AssertShows(other, "");
    }
}
