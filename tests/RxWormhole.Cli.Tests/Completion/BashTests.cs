using RxWormhole.Contracts;
using RxWormhole.Interop.Tests;

namespace RxWormhole.Cli.Tests;

/// <summary>The scripts in the shells themselves, as far as those are here.</summary>
public sealed class BashTests
{
    private string folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        folder = Directory.CreateTempSubdirectory("rxwormhole-bash-").FullName;
        File.WriteAllText(Path.Combine(folder, "photo one.jpg"), "");
        Directory.CreateDirectory(Path.Combine(folder, "photos"));
    }

    [TearDown]
    public void DeleteFolder() => Directory.Delete(folder, recursive: true);

    [TestCase("send", "ph", "photo one.jpg|photos")]
    [TestCase("receive --output-dir", "ph", "photos")]
    [TestCase("", "rec", "receive")]
    [TestCase("receive --color =", "al", "always")]
    [TestCase("receive", "7-cro", "7-crossover-")]
    [TestCase("send --no-such-option", "--col", "--color")]
    public void Bash_Completes(string before, string current, string expected) => Assert.That(Bash(before, current), Is.EqualTo(expected));

    [Test]
    public void Bash_CompletesANameplateOfTheServer()
    {
        using var server = new ServeProcess();
        using var sender = new PeerProcess(CommandProgram.Program, CommandProgram.Arguments("send", "--json", "--relay-url", server.Mailbox.AbsoluteUri, "--text", "x"));
        var code = sender.WaitFor(each => each.Output.Split("\"code\":\"") is [_, var rest, ..] ? rest.Split('"')[0] : null);
        Assert.That(Bash($"receive --relay-url {server.Mailbox.AbsoluteUri}", ""), Is.EqualTo(code.Split('-')[0] + "-"));
    }

    [TestCase("zsh", "-n")]
    [TestCase("fish", "--no-execute")]
    [TestCase("bash", "-n")]
    public void Script_HasNoMistakesOfWriting(string shell, string check)
    {
        if (!Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(path => File.Exists(Path.Combine(path, shell))))
            Assert.Ignore($"There is no {shell} here.");
        var script = Path.Combine(folder, "script");
        File.WriteAllText(script, CompletionScript.Of(shell));
        using var process = new PeerProcess(shell, [check, script]);
        process.WaitForExit();
        Assert.That((process.ExitCode, process.Errors), Is.EqualTo((0, "")));
    }

    [Test]
    public void EveryShellNamed_HasAScript() => Assert.That(CompletionScript.Shells.Select(CompletionScript.Of), Has.All.Contains("rxwormhole"));

    [Test]
    public void UnknownShell_IsNamed() => Assert.That(() => CompletionScript.Of("csh"), Throws.TypeOf<FailedException>().With.Message.Contains("'csh'"));

    // As bash does it when Tab is pressed.
    private string Bash(string before, string current)
    {
        var script = $$"""
            rxwormhole() { {{string.Join(' ', CommandProgram.Arguments().Prepend(CommandProgram.Program).Select(word => $"'{word}'"))}} "$@"; }
            source <(rxwormhole completion bash)
            COMP_WORDS=(rxwormhole {{before}} '{{current}}')
            COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
            _rxwormhole
            printf '%s\n' "${COMPREPLY[@]}" | LC_ALL=C sort | paste -sd'|'
            """;
        using var bash = new PeerProcess("bash", ["-c", script], folder: folder);
        bash.WaitForExit();
        return bash.Output.TrimEnd('\n') + bash.Errors;
    }
}
