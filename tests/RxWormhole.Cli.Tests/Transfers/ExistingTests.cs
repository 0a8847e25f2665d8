using System.Reactive.Linq;

namespace RxWormhole.Cli.Tests.Transfers;

/// <summary>What becomes of an offer, by what is there already, what was said beforehand and what is answered.</summary>
public sealed class ExistingTests : CommandFixture
{
    private const int Old = 5;
    private const int New = 1000;

    // What was said, what is answered to which question (null: nothing is asked), how it ends, and what is there then.
    private static IEnumerable<TestCaseData> Cases() =>
    [
        new TestCaseData(null, false, null, "existing", "overwrite", ExitCode.Success, "a.bin:1000"),
        new TestCaseData(null, false, null, "existing", "rename", ExitCode.Success, "a (1).bin:1000 a.bin:5"),
        new TestCaseData(null, false, null, "existing", "no", ExitCode.Rejected, "a.bin:5"),
        new TestCaseData(null, true, null, null, null, ExitCode.LocalFile, "a.bin:5"),
        new TestCaseData(ExistingChoice.Overwrite, true, null, null, null, ExitCode.Success, "a.bin:1000"),
        new TestCaseData(ExistingChoice.Rename, true, null, null, null, ExitCode.Success, "a (1).bin:1000 a.bin:5"),
        new TestCaseData(ExistingChoice.Skip, true, null, null, null, ExitCode.Success, "a.bin:5"),
        new TestCaseData(ExistingChoice.Skip, false, null, null, null, ExitCode.Success, "a.bin:5"),
        new TestCaseData(ExistingChoice.Overwrite, false, null, "accept", "yes", ExitCode.Success, "a.bin:1000"),
        new TestCaseData(ExistingChoice.Overwrite, false, null, "accept", "no", ExitCode.Rejected, "a.bin:5"),
        new TestCaseData(ExistingChoice.Rename, false, null, "accept", "yes", ExitCode.Success, "a (1).bin:1000 a.bin:5"),
        // The Python client overwrites what was named.
        new TestCaseData(null, true, "/to/a.bin", null, null, ExitCode.Success, "a.bin:1000"),
        new TestCaseData(null, true, "/to/other", null, null, ExitCode.Success, "a.bin:5 other:1000"),
        new TestCaseData(null, false, "/to/other", "accept", "yes", ExitCode.Success, "a.bin:5 other:1000"),
        new TestCaseData(null, true, "/to", null, null, ExitCode.LocalFile, "a.bin:5"),
    ];

    [TestCaseSource(nameof(Cases))]
    public void FileOfThatNameIsThere(object? existing, bool accepts, string? output, string? question, string? answer, object ends, string there)
    {
        var (alice, code) = Sending(Paths("/home/a.bin"), files: Files(("/home/a.bin", New)));
        var frontEnd = question is null ? new ScriptedFrontEnd() : new ScriptedFrontEnd().Answer(question, answer!);
        var bob = Receive(
            code,
            Usual with { Existing = (ExistingChoice?)existing, AcceptFile = accepts },
            frontEnd,
            Files(("/to/a.bin", Old)),
            new ReceiveRequest { Output = output });
        AdvanceToEnd(alice, bob);
        Assert.That(bob.ExitCode, Is.EqualTo((ExitCode)ends), () => string.Join('\n', bob.FrontEnd.Lines));
        Assert.That(alice.ExitCode, Is.EqualTo((ExitCode)ends == ExitCode.Success && existing is not ExistingChoice.Skip ? ExitCode.Success : ExitCode.Rejected));
        Assert.That(frontEnd.Questions.Select(each => each.Name), Is.EqualTo(question is null ? [] : new[] { question }));
        var files = bob.Files.Paths.Where(path => path.Length > 4 && path.StartsWith("/to/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        Assert.That(string.Join(' ', files.Select(path => $"{path[4..]}:{bob.Files.Read(path).Length}")), Is.EqualTo(there));
    }

    [Test]
    public void FolderOfThatNameIsThere_CannotBeOverwritten()
    {
        var (alice, code) = Sending(Paths("/home/album"), files: Files(("/home/album/a.bin", New)));
        var frontEnd = new ScriptedFrontEnd().Answer("existing", "rename");
        var bob = Receive(code, Usual with { AcceptFile = false }, frontEnd, Files(("/to/album/old.bin", Old)));
        AdvanceToEnd(alice, bob);
        Assert.That(frontEnd.Questions.Single().Choices.Select(choice => choice.Word), Is.EqualTo(new[] { "rename", "no" }));
        Assert.That(bob.Files.Paths, Does.Contain("/to/album (1)/a.bin").And.Contain("/to/album/old.bin"));
    }
}
