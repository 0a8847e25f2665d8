namespace RxWormhole.Interop.Tests;

/// <summary>What people see and type, from the beginning of a command to its end.</summary>
public sealed class PromptTests : TerminalFixture
{
    [Test]
    public void NothingToSend_IsAskedFor()
    {
        using var sender = AtTerminal(["send"]);
        // A slip of the finger, mended with the keys that a shell has.
        sender.Type("hello wormholf\x7f" + "e\x01\e[C\x7fH\x05!\r", when: "Text to send:");
        using var receiver = Elsewhere("receive", CodeOf(sender));
        receiver.WaitForExit();
        Assert.That(sender.Wait(), Is.Zero);
        Assert.That(receiver.Output, Is.EqualTo("Hello wormhole!\n"));
        AssertShows(sender, """
            Text to send: Hello wormhole!
            Sending text message (15 bytes)
            Wormhole code is: CODE
            On the other computer, please run:

              rxwormhole receive --relay-url SERVER CODE

            Text message sent.
            """);
    }

    [Test]
    public void CodeIsTyped_TabCompletesNumberAndWords()
    {
        using var sender = Elsewhere("send", "--text", "hello");
        var code = CodeOf(sender);
        var words = code.Split('-');
        using var receiver = AtTerminal(["receive"]);
        receiver.Type("\t", when: "Enter receive wormhole code:");
        receiver.Type(words[1][..^1] + "\t", when: $"code: {words[0]}-");
        receiver.Type(words[2][..^1] + "\t", when: $"code: {words[0]}-{words[1]}-");
        receiver.Type("\r", when: $"code: {code}");
        Assert.That(receiver.Wait(), Is.Zero);
        sender.WaitForExit();
        Assert.That(sender.ExitCode, Is.Zero, sender.Errors);
        AssertShows(receiver, """
            (Tab completes the code.)
            Enter receive wormhole code: CODE
            hello
            """);
    }

    [Test]
    public void CodeIsTypedFreely_IsUnderstood()
    {
        using var sender = Elsewhere("send", "--code", "94-crossover-clockwork", "--text", "hello");
        sender.WaitFor(each => each.Errors.Length > 0 ? each : null);
        using var receiver = AtTerminal(["receive"]);
        receiver.Type("94 Cross\t", when: "Enter receive wormhole code:");
        receiver.WaitFor("code: 94-crossover-");
        // Two words begin so: they are listed, and the number cannot be changed any more.
        receiver.Type("cl\t", when: "code: 94-crossover-");
        receiver.WaitFor("cleanup    clockwork");
        receiver.Type("\x15", when: "code: 94-crossover-cl");
        receiver.WaitFor("cannot be changed");
        receiver.Type("ockwork\r", when: "begin again.");
        Assert.That(receiver.Wait(), Is.Zero);
        AssertShows(receiver, """
            (Tab completes the code.)
            classroom  clockwork  clockworkx
            """);
    }

    [Test]
    public void CodeThatIsNone_IsAskedForAgain()
    {
        using var sender = Elsewhere("send", "--text", "hello");
        var code = CodeOf(sender);
        using var receiver = AtTerminal(["receive"]);
        receiver.Type("crossover\r", when: "code:");
        receiver.Type("\x15" + code[..code.IndexOf('-')] + "\r", when: "has no hyphen");
        receiver.Type($"\x15wormhole-transfer:{code}\r", when: "The words are missing");
        Assert.That(receiver.Wait(), Is.Not.Zero);
        AssertShows(receiver, "");
    }

    [TestCase("\r", true)]
    [TestCase("y\r", true)]
    [TestCase("what?\rno\r", false)]
    public void FileIsOffered_IsAccepted(string keys, bool isAccepted)
    {
        File("a b.bin", 12_345);
        using var sender = Elsewhere("send", Path.Combine(Folder, "a b.bin"));
        var code = CodeOf(sender);
        var target = In("to");
        using var receiver = AtTerminal(["receive", "--output-dir", target, code]);
        receiver.Type(keys, when: "(Y/n)");
        Assert.That(receiver.Wait(), Is.EqualTo(isAccepted ? 0 : 5));
        sender.WaitForExit();
        Assert.That(sender.ExitCode, Is.EqualTo(isAccepted ? 0 : 5), sender.Errors);
        AssertShows(receiver, "");
    }
}
