namespace RxWormhole.Interop.Tests;

/// <summary>A received text: as it is in a pipe, and harmless at a terminal.</summary>
public sealed class PayloadTests : TerminalFixture
{
    private const string Nasty = "one\e[2J\e]0;title\a\ttwo\r\nthree\u202e\u0085four";

    [Test]
    public void TextWithEscapeSequences_IsHarmlessAtATerminal()
    {
        using var sender = Elsewhere("send", "--text", Nasty);
        using var receiver = AtTerminal(["receive", CodeOf(sender)]);
        Assert.That(receiver.Wait(), Is.Zero, receiver.Text);
        AssertShows(receiver, """
            one\u{1b}[2J\u{1b}]0;title\u{7} two
            three\u{202e}\u{85}four
            """);
    }

    [Test]
    public void TextWithEscapeSequences_GoesUnchangedIntoAPipe()
    {
        using var sender = Elsewhere("send", "--text", Nasty);
        using var receiver = AtTerminal(["receive", CodeOf(sender)], redirection: ">out");
        Assert.That(receiver.Wait(), Is.Zero, receiver.Text);
        Assert.That(System.IO.File.ReadAllText(Path.Combine(Folder, "out")), Is.EqualTo(Nasty + "\n"));
        AssertShows(receiver, "");
    }

    [Test]
    public void CodeFromAPipe_IsRead()
    {
        using var sender = Elsewhere("send", "--text", "hello");
        System.IO.File.WriteAllText(Path.Combine(Folder, "code"), CodeOf(sender) + "\nnext");
        using var receiver = AtTerminal(["receive"], redirection: "<code");
        Assert.That(receiver.Wait(), Is.Zero, receiver.Text);
        AssertShows(receiver, "hello");
    }
}
