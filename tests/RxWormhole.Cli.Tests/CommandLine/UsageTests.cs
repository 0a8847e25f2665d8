using RxWormhole.Contracts;
using RxWormhole.Interop.Tests;

namespace RxWormhole.Cli.Tests;

/// <summary>Mistakes of typing, as a process tells them.</summary>
public sealed class UsageTests
{
    [TestCase("send --bogus")]
    [TestCase("sned x")]
    [TestCase("send --verify=maybe x")]
    [TestCase("send x --timeout soon")]
    [TestCase("receive 1-a 2-b")]
    [TestCase("config --color red")]
    [TestCase("ssh accept nonsense")]
    public void Mistake_IsOneLineForPeopleAndOneEventForPrograms(string line)
    {
        var (code, output, errors) = Run(line);
        Assert.That((code, output), Is.EqualTo((2, "")));
        Assert.That(errors, Does.Not.Contain("   at "), "no stack trace");
        Assert.That(errors, Is.Not.Empty);

        AssertOneEvent("--json " + line);
    }

    [TestCase("send --json=true --bogus")]
    [TestCase("send --json=yes x --verify=maybe")]
    [TestCase("send --verify=maybe --json")]
    [TestCase("send --json=false --json --bogus")]
    [TestCase("--json sned --text x")]
    [TestCase("config --json --example")]
    public void MistakeAndEventsWanted_IsAnEvent(string line) => AssertOneEvent(line);

    [TestCase("send --json=false --bogus")]
    [TestCase("send --text --json --bogus")]
    [TestCase("send --text=--json --bogus")]
    [TestCase("send --bogus -- --json")]
    public void MistakeAndNoEventsWanted_IsForPeople(string line)
    {
        var (code, output, errors) = Run(line);
        Assert.That((code, output), Is.EqualTo((2, "")));
        Assert.That(errors, Does.StartWith("rxwormhole: "));
    }

    private static void AssertOneEvent(string line)
    {
        var (code, output, errors) = Run(line);
        Assert.That((code, errors), Is.EqualTo((2, "")));
        var events = output.TrimEnd('\n').Split('\n');
        EventSchema.AssertValid(events);
        EventSchema.AssertEnded(events);
        Assert.That(events, Has.Length.EqualTo(1));
        Assert.That(events[0], Does.Contain("\"kind\":\"usage\"").And.Contain("\"advice\""));
    }

    [Test]
    public void Help_IsNoMistake()
    {
        foreach (var line in new[] { "--help", "help", "help ssh invite", "send --help", "--help send" })
        {
            var (code, output, errors) = Run(line);
            Assert.That((code, errors), Is.EqualTo((0, "")), line);
            Assert.That(output, Does.Contain("Usage:"), line);
        }
    }

    // It reads settings of its own from variables that begin the same.
    [Test]
    public void VariablesOfTheOtherCommands_DoNotDisturbTheServer()
    {
        var environment = new Dictionary<string, string> { ["RXWORMHOLE_PROFILE"] = "work", ["RXWORMHOLE_CODE"] = "1-a", ["RXWORMHOLE_CONFIG"] = "/no/such/file", ["WORMHOLE_QR"] = "maybe" };
        using var server = new ServeProcess(run: (program, words) => new PeerProcess(program, words, environment));
        Assert.That(server.Process.HasExited, Is.False);
    }

    private static (int Code, string Output, string Errors) Run(string line)
    {
        using var process = new PeerProcess("dotnet", ["exec", CommandProgram.Path, .. line.Split(' ')], new Dictionary<string, string> { ["RXWORMHOLE_CONFIG"] = "" });
        process.WaitForExit();
        return (process.ExitCode, process.Output, process.Errors);
    }
}
