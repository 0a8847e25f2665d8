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
        receiver.Type("ockwork\r", when: "cannot be changed");
        Assert.That(receiver.Wait(), Is.Zero);
        AssertShows(receiver, """
            (Tab completes the code.)
            clamshell  classic    classroom  cleanup    clockwork
            The number 94 is taken for you on the server and cannot be changed any more. Type its words, or end with Ctrl-C and begi
            n again.
            Enter receive wormhole code: CODE
            hello
            """);
    }

    [Test]
    public void CodeThatIsNone_IsAskedForAgain()
    {
        using var sender = Elsewhere("send", "--text", "hello");
        var code = CodeOf(sender);
        using var receiver = AtTerminal(["receive"]);
        receiver.Type("crossover\r", when: "code:");
        receiver.Type("\x15" + "7\r", when: "has no hyphen");
        receiver.Type("\x15wormhole-transfer:7-a-b\r", when: "The words are missing");
        // Of the server that the command uses.
        var link = $"wormhole-transfer:{code}?rendezvous={Uri.EscapeDataString(Server.Mailbox.GetLeftPart(UriPartial.Authority))}";
        receiver.Type($"\x15{link}\r", when: "That link is for the server");
        Assert.That(receiver.Wait(), Is.Zero);
        Assert.That(receiver.Text.Replace(code, "CODE", StringComparison.Ordinal), Is.EqualTo("""
            (Tab completes the code.)
            Enter receive wormhole code: crossover
            A code is a number, a hyphen and words, such as 4-purple-sausages; this one has no hyphen.
            Enter receive wormhole code: 7
            The words are missing. A code looks like 7-crossover-clockwork.
            Enter receive wormhole code: wormhole-transfer:7-a-b
            That link is for the server wss://relay.magic-wormhole.io/v1. Call the command again with the whole link in place of a c
            ode, and without --relay-url.
            Enter receive wormhole code: wormhole-transfer:CODE?rendezvous=ws%3A%2F%2F127.0.0.1%3ASERVER
            hello
            """.Replace("SERVER", $"{Server.Mailbox.Port}", StringComparison.Ordinal)));
    }

    [TestCase("\r")]
    [TestCase("y\r")]
    public void OfferIsAccepted_FileIsThere(string keys)
    {
        using var sender = Offer(out var receiver);
        receiver.Type(keys, when: "(Y/n)");
        Assert.That(receiver.Wait(), Is.Zero, receiver.Text);
        sender.WaitForExit();
        Assert.That(sender.ExitCode, Is.Zero, sender.Errors);
        RandomFile.AssertSame(Path.Combine(Folder, "a b.bin"), Path.Combine(In("to"), "a b.bin"));
        AssertShows(receiver, $"""
            Receiving file 'a b.bin' (12.3 kB)
            Accept it? (Y/n): {keys.Trim()}
            Receiving through the relay RELAY
            100%  ━  12.3 kB
            Received file written to FOLDER/to/a b.bin
            """.Replace(": \n", ":\n", StringComparison.Ordinal));
        receiver.Dispose();
    }

    [Test]
    public void OfferIsTurnedDown_BothSidesKnow()
    {
        using var sender = Offer(out var receiver);
        receiver.Type("what?\rno\r", when: "(Y/n)");
        Assert.That(receiver.Wait(), Is.EqualTo(5), receiver.Text);
        sender.WaitForExit();
        Assert.That(sender.ExitCode, Is.EqualTo(5), sender.Errors);
        Assert.That(Directory.GetFiles(In("to")), Is.Empty);
        AssertShows(receiver, """
            Receiving file 'a b.bin' (12.3 kB)
            Accept it? (Y/n): what?
            Please answer yes or no.
            Accept it? (Y/n): no
            rxwormhole: You turned the offer down.
            If that was a mistake, have it sent again with a new code.
            """);
        receiver.Dispose();
    }

    private PeerProcess Offer(out TerminalProcess receiver)
    {
        var sender = Elsewhere("send", File("a b.bin", 12_345));
        receiver = AtTerminal(["receive", "--output-dir", In("to"), CodeOf(sender)]);
        return sender;
    }
}
