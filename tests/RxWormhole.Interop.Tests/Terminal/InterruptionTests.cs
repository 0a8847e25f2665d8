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
        Assert.That(sender.Wait(), Is.EqualTo(5), sender.Text);
    }

    [Test]
    public void WhileAskedWhatBecomesOfAnExistingFile()
    {
        var file = File("x.bin", 100);
        System.IO.File.WriteAllText(Path.Combine(In("to"), "x.bin"), "old");
        using var sender = AtTerminal(["send", file]);
        using var receiver = AtTerminal(["receive", "--output-dir", In("to"), CodeOf(sender)]);
        receiver.WaitFor("(overwrite/rename/No)");
        receiver.Interrupt();
        Assert.That(sender.Wait(), Is.EqualTo(5), sender.Text);
        Assert.That(Directory.GetFiles(In("to")).Select(System.IO.File.ReadAllText), Is.EqualTo(new[] { "old" }));
        AssertShows(receiver, """
            Receiving file 'x.bin' (100 bytes)
            'x.bin' is there already. What now?
              overwrite: replaces it
              rename: takes another name
              no: turns it down
            (overwrite/rename/No):
            rxwormhole: Interrupted.
            """);
    }

    [Test]
    public void WhileACodeIsTypedForAHyphen()
    {
        using var receiver = AtTerminal(["receive", "-"]);
        receiver.Type("7-cross", when: "Code:");
        receiver.WaitFor("Code: 7-cross");
        receiver.Interrupt();
        AssertShows(receiver, """
            Code: 7-cross
            rxwormhole: Interrupted.
            """);
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
        AssertShows(receiver, """
            Receiving file 'x.bin' (100 bytes)
            Accept it? (Y/n):
            rxwormhole: The other side ended the transfer: transfer cancelled
            Ask the other side, and send it again with a new code.
            """);
    }

    [Test]
    public void WhileBytesMove([Values] bool isSender)
    {
        using var sender = AtTerminal(["send", File("x.bin", 50 << 20)]);
        using var receiver = AtTerminal(["receive", "--accept-file", "--output-dir", In("to"), CodeOf(sender)]);
        var (first, other) = isSender ? (sender, receiver) : (receiver, sender);
        sender.WaitFor("of 52.4 MB");
        receiver.WaitFor("of 52.4 MB");
        first.Interrupt();
        Assert.That(other.Wait(), Is.EqualTo(7), other.Text);
        Assert.That(Directory.GetFiles(In("to")), Has.All.EndsWith(".rxwormhole-part"));
        // The bar is left where it was.
        foreach (var each in new[] { first, other })
            Assert.That(each.Text.Split('\n').SkipWhile(row => !row.Contains("of 52.4 MB", StringComparison.Ordinal)).Skip(1).First(), Does.StartWith("rxwormhole: "), each.Text);
    }
}
