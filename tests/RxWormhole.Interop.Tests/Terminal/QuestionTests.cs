using System.Text.RegularExpressions;

namespace RxWormhole.Interop.Tests;

/// <summary>What a receiver is asked, and what becomes of the answers.</summary>
public sealed partial class QuestionTests : TerminalFixture
{
    private const string Asked = """
        Receiving file 'x.txt' (3 bytes)
        'x.txt' is there already. What now?
          overwrite: replaces it
          rename: takes another name
          no: turns it down

        """;

    [Test]
    public void FileIsThereAlready_IsOverwritten() => AssertExisting("o\r", ["new"], """
        (overwrite/rename/No): o
        Receiving through the relay RELAY
        100%  ━  3 bytes
        Received file written to FOLDER/to/x.txt
        """);

    [Test]
    public void FileIsThereAlready_AnotherNameIsTaken() => AssertExisting("Rename\r", ["new", "old"], """
        (overwrite/rename/No): Rename
        Receiving through the relay RELAY
        100%  ━  3 bytes
        Received file written to FOLDER/to/x (1).txt
        """);

    [Test]
    public void FileIsThereAlready_IsLeftAlone() => AssertExisting("\r", ["old"], """
        (overwrite/rename/No):
        rxwormhole: You turned the offer down.
        If that was a mistake, have it sent again with a new code.
        """);

    [TestCase("yes")]
    [TestCase("no")]
    public void Verifier_IsComparedOnBothSides(string answer)
    {
        using var sender = AtTerminal(["send", "--verify", "--text", "hello"]);
        using var receiver = AtTerminal(["receive", "--verify", CodeOf(sender)]);
        // Nothing is taken for a yes that is none.
        sender.Type("y\ryes\r", when: "(yes/no)");
        sender.WaitFor("(yes/no): yes");
        receiver.Type($"\r{answer}\r", when: "(yes/no)");
        Assert.That(receiver.Wait(), Is.EqualTo(answer == "yes" ? 0 : 3), receiver.Text);
        Assert.That(sender.Wait(), Is.EqualTo(answer == "yes" ? 0 : 5), sender.Text);
        Assert.That(Verifier().Match(receiver.Text).Value, Is.EqualTo(Verifier().Match(sender.Text).Value).And.Not.Empty);
        Assert.That(Verifier().Replace(receiver.Text, "VERIFIER\n"), Is.EqualTo($"""
            Compare this with the other side; with other programs, the digits:

            VERIFIER

            Does the other side show the same? (yes/no):
            Please answer yes or no.
            Does the other side show the same? (yes/no): {answer}
            {(answer == "yes" ? "hello" : """
            rxwormhole: The verifiers differ: somebody may be in between. Nothing was sent.
            Agree on a new, longer code with --code-length, and over another way.
            """)}
            """), receiver.Text);
    }

    [GeneratedRegex(@"  ([a-z]+ ){3}[a-z]+\n  ([a-z]+ ){3}[a-z]+\n\n(  ([0-9a-f]{4} ?){8}\n?){2}(?=\n)")]
    private static partial Regex Verifier();

    private void AssertExisting(string keys, string[] files, string expected)
    {
        System.IO.File.WriteAllText(Path.Combine(In("to"), "x.txt"), "old");
        System.IO.File.WriteAllText(Path.Combine(Folder, "x.txt"), "new");
        using var sender = Elsewhere("send", Path.Combine(Folder, "x.txt"));
        using var receiver = AtTerminal(["receive", "--output-dir", In("to"), CodeOf(sender)]);
        receiver.Type(keys, when: "(overwrite/rename/No)");
        receiver.Wait();
        AssertShows(receiver, Asked + expected);
        Assert.That(Directory.GetFiles(In("to")).Select(System.IO.File.ReadAllText).Order(StringComparer.Ordinal), Is.EqualTo(files));
    }
}
