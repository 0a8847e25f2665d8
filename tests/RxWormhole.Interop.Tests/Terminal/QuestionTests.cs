namespace RxWormhole.Interop.Tests;

/// <summary>What a receiver is asked, and what becomes of the answers.</summary>
public sealed class QuestionTests : TerminalFixture
{
    [TestCase("o\r", "new", "old")]
    [TestCase("rename\r", "old", "new")]
    [TestCase("\r", "old", null)]
    public void FileIsThereAlready_IsDealtWithAsAnswered(string keys, string? first, string? second)
    {
        var target = In("to");
        System.IO.File.WriteAllText(Path.Combine(target, "x.txt"), "old");
        System.IO.File.WriteAllText(Path.Combine(Folder, "x.txt"), "new");
        using var sender = Elsewhere("send", Path.Combine(Folder, "x.txt"));
        using var receiver = AtTerminal(["receive", "--output-dir", target, CodeOf(sender)]);
        receiver.Type(keys, when: "(overwrite/rename/No)");
        receiver.Wait();
        var files = Directory.GetFiles(target).Order(StringComparer.Ordinal).Select(System.IO.File.ReadAllText);
        AssertShows(receiver, $"{first} {second} {string.Join(' ', files)}");
    }

    [TestCase("yes")]
    [TestCase("no")]
    public void Verifier_IsComparedOnBothSides(string answer)
    {
        using var sender = AtTerminal(["send", "--verify", "--text", "hello"]);
        using var receiver = AtTerminal(["receive", "--verify", CodeOf(sender)]);
        // Nothing is taken for a yes that is none.
        sender.Type("y\ryes\r", when: "(yes/no)");
        receiver.Type($"\r{answer}\r", when: "(yes/no)");
        Assert.That(receiver.Wait(), Is.EqualTo(answer == "yes" ? 0 : 3), receiver.Text);
        Assert.That(sender.Wait(), Is.EqualTo(answer == "yes" ? 0 : 3), sender.Text);
        AssertShows(receiver, "");
    }
}
