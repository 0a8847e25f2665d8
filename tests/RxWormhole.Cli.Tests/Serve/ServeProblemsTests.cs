using System.Net;
using System.Net.Sockets;
using RxWormhole.Contracts;
using RxWormhole.Interop.Tests;

namespace RxWormhole.Cli.Tests;

/// <summary>What <c>rxwormhole serve</c> cannot do: it says so, and ends with 1 where the machine is to blame and with 2 where it was told nonsense.</summary>
public sealed class ServeProblemsTests
{
    private string folder = null!;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("rxwormhole-cli-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(folder, recursive: true);

    [TestCase("--mailbox")]
    [TestCase("--relay")]
    [TestCase("--metrics")]
    public void TakenPort_IsNamed(string option)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = other.LocalEndpoint.ToString()!;
        var (code, errors) = Run([.. new[] { "--mailbox", "--relay", "--metrics" }.SelectMany(each => new[] { each, each == option ? taken : "127.0.0.1:0" })]);
        Assert.That(code, Is.EqualTo((int)ExitCode.Failure));
        Assert.That(errors, Does.Contain(taken).And.Contain("already in use"));
        Assert.That(errors.TrimEnd().Split('\n'), Has.Length.EqualTo(1), "no stack trace");
    }

    [Test]
    public void DatabaseThatCannotBeOpened_IsNamed()
    {
        var file = Path.Combine(folder, "no", "such", "folder.db");
        var (code, errors) = Run("--db", file);
        Assert.That(code, Is.EqualTo((int)ExitCode.Failure));
        Assert.That(errors, Does.Contain(file));
    }

    [Test]
    public void WrongOptions_AreAllNamed()
    {
        var (code, errors) = Run("--mailbox", "999", "--relay", "x:y", "--config", "/no/such/file", "--set", "nothing", "--nonsense");
        Assert.That(code, Is.EqualTo((int)ExitCode.Usage));
        foreach (var named in new[] { "--mailbox: '999'", "--relay: 'x:y'", "'/no/such/file'", "'nothing'", "'--nonsense'" })
            Assert.That(errors, Does.Contain(named));
    }

    [Test]
    public void WrongValues_AreAllNamed()
    {
        var (code, errors) = Run(
            "--set", "Mailbox:Keep=0:0:0", "--set", "Mailbox:DrainTime=-1:0:0", "--set", "Mailbox:Limits:Connections=0", "--set", "Relay:Connections=0", "--trusted-proxy", "proxy");
        Assert.That(code, Is.EqualTo((int)ExitCode.Usage));
        foreach (var named in new[] { "Mailbox: Keep ", "Mailbox: DrainTime ", "Mailbox: Limits.Connections ", "Relay: Connections ", "Mailbox: TrustedProxies has 'proxy'" })
            Assert.That(errors, Does.Contain(named));
    }

    [TestCase("""{"Mailbox": {"Motdd": "x"}}""", "'Motdd'")]
    [TestCase("""{"Relay": {"Speed": 1}}""", "'Speed'")]
    [TestCase("""{"Mailbx": {"Motd": "x"}, "Motd": "y"}""", "'Mailbx', 'Motd'")]
    [TestCase("""{"Listen": {"Metric": "127.0.0.1:0"}}""", "'Listen:Metric'")]
    [TestCase("""{"Listen": {"Metrics": "here"}}""", "'here'")]
    [TestCase("""{"Mailbox": {"Keep": "long"}}""", "'long'")]
    [TestCase("""{"Mailbox": """, "JSON")]
    public void WrongConfiguration_IsNamed(string json, string named)
    {
        var file = Path.Combine(folder, "serve.json");
        File.WriteAllText(file, json);
        var (code, errors) = Run("--config", file, "--mailbox", "127.0.0.1:0", "--relay", "127.0.0.1:0");
        Assert.That(code, Is.EqualTo((int)ExitCode.Usage), errors);
        Assert.That(errors, Does.Contain(named));
    }

    [Test]
    public void UnknownSetting_IsNamed()
    {
        var (code, errors) = Run("--set", "Mailbx:Motd=x", "--mailbox", "127.0.0.1:0", "--relay", "127.0.0.1:0");
        Assert.That(code, Is.EqualTo((int)ExitCode.Usage), errors);
        Assert.That(errors, Does.Contain("'Mailbx'"));
    }

    [Test]
    public void NothingToServe_IsSaid()
    {
        var (code, errors) = Run("--mailbox", "none", "--relay", "none");
        Assert.That(code, Is.EqualTo((int)ExitCode.Usage));
        Assert.That(errors, Does.Contain("nothing to serve"));
    }

    [Test]
    public void Help_IsNoMistake() => Assert.That(Run("--help"), Is.EqualTo(((int)ExitCode.Success, "")));

    private static (int Code, string Errors) Run(params string[] options)
    {
        using var process = new PeerProcess(CommandProgram.Program, CommandProgram.Arguments(["serve", .. options]));
        process.WaitForExit();
        return (process.ExitCode, process.Errors);
    }
}
