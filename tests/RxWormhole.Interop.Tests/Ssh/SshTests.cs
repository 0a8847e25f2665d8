using System.Text.RegularExpressions;
using RxWormhole.Contracts;

namespace RxWormhole.Interop.Tests;

/// <summary><c>rxwormhole ssh</c> with itself and with the Python client, each with a home folder of its own.</summary>
public sealed partial class SshTests
{
    private const string KeyGen = "/usr/bin/ssh-keygen";

    private readonly PythonMailbox server = new();
    private string host = null!;
    private string guest = null!;

    [OneTimeTearDown]
    public void StopServer() => server.Dispose();

    [SetUp]
    public void MakeHomes() => (host, guest) = (Directory.CreateTempSubdirectory("rxwormhole-host-").FullName, Directory.CreateTempSubdirectory("rxwormhole-guest-").FullName);

    [TearDown]
    public void DeleteHomes()
    {
        Directory.Delete(host, recursive: true);
        Directory.Delete(guest, recursive: true);
    }

    [TestCase(true, true, "ed25519")]
    [TestCase(true, false, "ed25519")]
    [TestCase(true, false, "rsa")]
    [TestCase(true, false, "ecdsa")]
    [TestCase(false, true, "ed25519")]
    public void Key_Arrives(bool isHostOurs, bool isGuestOurs, string type)
    {
        Peer.Need(Peer.Wormhole, KeyGen);
        // The Python client says that it makes the folder, and then it does not.
        if (!isHostOurs)
            Directory.CreateDirectory(Path.Combine(host, ".ssh"));
        var key = Generate(type);
        using var inviting = isHostOurs ? Ours(host, "ssh", "invite", "--json", "-c", "3") : Python(host, "ssh", "invite");
        var code = inviting.WaitFor(each => (isHostOurs ? OurCode() : PythonCode()).Match(each.Output) is { Success: true } match ? match.Groups[1].Value : null);
        Assert.That(code.Split('-'), Has.Length.EqualTo(isHostOurs ? 4 : 3), "the words that were asked for; Python does not listen");
        using var accepting = isGuestOurs ? Ours(guest, "ssh", "accept", "--json", "-y", code) : Python(guest, "ssh", "accept", "-y", code);
        accepting.WaitForExit();
        inviting.WaitForExit();
        Assert.That((accepting.ExitCode, inviting.ExitCode), Is.EqualTo((0, 0)), accepting.Errors + inviting.Errors + inviting.Output);
        Assert.That(File.ReadAllText(Path.Combine(host, ".ssh", "authorized_keys")), Is.EqualTo(key));
        foreach (var ours in new[] { isHostOurs ? inviting : null, isGuestOurs ? accepting : null }.OfType<PeerProcess>())
        {
            OurEvents.AssertValid(ours);
            Assert.That(Unescaped(ours), Does.Contain(Fingerprint()), "as OpenSSH shows it");
        }
    }

    [Test]
    public void WhatIsNoKey_FailsOnBothSides()
    {
        Peer.Need(Peer.Wormhole);
        Directory.CreateDirectory(Path.Combine(guest, ".ssh"));
        File.WriteAllText(Path.Combine(guest, ".ssh", "evil.pub"), "command=\"sh\" ssh-ed25519 AAAA me\n");
        using var inviting = Ours(host, "ssh", "invite", "--json");
        var code = inviting.WaitFor(each => OurCode().Match(each.Output) is { Success: true } match ? match.Groups[1].Value : null);
        using var accepting = Python(guest, "ssh", "accept", "-y", code);
        accepting.WaitForExit();
        inviting.WaitForExit();
        Assert.That((inviting.ExitCode, accepting.ExitCode), Is.EqualTo((5, 1)), inviting.Output);
        OurEvents.AssertValid(inviting);
        Assert.That(Directory.Exists(Path.Combine(host, ".ssh")), Is.False);
    }

    private string Generate(string type)
    {
        Directory.CreateDirectory(Path.Combine(guest, ".ssh"));
        var path = Path.Combine(guest, ".ssh", $"id_{type}");
        using var process = new PeerProcess(KeyGen, ["-q", "-t", type, "-N", "", "-C", "guest@example", "-f", path]);
        process.WaitForExit();
        return File.ReadAllText(path + ".pub");
    }

    private string Fingerprint()
    {
        using var process = new PeerProcess(KeyGen, ["-l", "-f", Directory.GetFiles(Path.Combine(guest, ".ssh"), "*.pub").Single()]);
        process.WaitForExit();
        return process.Output.Split(' ')[1];
    }

    private static string Unescaped(PeerProcess process) => process.Output.Replace(@"\u002B", "+", StringComparison.OrdinalIgnoreCase);

    private PeerProcess Ours(string home, params string[] words) => new(CommandProgram.Program, CommandProgram.Arguments(["--relay-url", server.Address.AbsoluteUri, .. words]), Environment(home));

    private PeerProcess Python(string home, params string[] words) => new(Peer.Wormhole, ["--relay-url", server.Address.AbsoluteUri, .. words], Environment(home));

    private static Dictionary<string, string> Environment(string home) => new() { ["HOME"] = home, ["LC_ALL"] = "C.UTF-8", ["PYTHONUNBUFFERED"] = "1", ["DOTNET_CLI_HOME"] = home };

    [GeneratedRegex(@"""code"":""([^""]+)""")]
    private static partial Regex OurCode();

    [GeneratedRegex(@"wormhole ssh accept (\S+)\n")]
    private static partial Regex PythonCode();
}
