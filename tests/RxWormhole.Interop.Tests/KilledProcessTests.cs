using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RxWormhole.Interop.Tests;

/// <summary>Our process is killed behind a checkpoint, in the middle of a session with the Python client, and started again.</summary>
[TestFixture(LinkMode.Push)]
[TestFixture(LinkMode.Poll)]
public sealed partial class KilledProcessTests(LinkMode mode)
{
    private const string AppId = "example.com/victim";
    private const int FewestCheckpoints = 12;
    private const int MostLives = 60;

    private static readonly string[] Ours = ["ours 0", "ours 1", "ours 2"];
    private static readonly string[] Theirs = ["0 theirs 0", "1 theirs 1", "2 theirs 2"];

    private PythonMailbox server = null!;

    [OneTimeSetUp]
    public void StartServer() => server = new PythonMailbox();

    [OneTimeTearDown]
    public void StopServer() => server?.Dispose();

    [Test]
    public void KilledBehindAnyCheckpoint_IsRestoredAndFinishes()
    {
        var death = 1;
        while (Live(_ => 0, firstDeath: death).Lives > 1)
            death++;
        Assert.That(death, Is.GreaterThan(FewestCheckpoints), "a session has more checkpoints than that");
    }

    [Test]
    public void KilledBehindEveryCheckpoint_FinishesAllTheSame() =>
        Assert.That(Live(_ => 1, firstDeath: 1).Lives, Is.GreaterThan(FewestCheckpoints));

    // A session with the Python client, in as many lives as it takes.
    private (int Lives, string Verifier) Live(Func<int, int> deathOf, int firstDeath)
    {
        var folder = Directory.CreateTempSubdirectory("rxwormhole-victim-").FullName;
        using var peer = new PythonPeer(AppId, server.Address);
        try
        {
            string? code = null;
            string? verifier = null;
            var lives = 0;
            var isDone = false;
            while (!isDone)
            {
                Assert.That(++lives, Is.LessThan(MostLives));
                var death = lives == 1 ? firstDeath : deathOf(lives);
                using var victim = new PeerProcess("dotnet", [VictimProgram.Path, server.Address.AbsoluteUri, mode.ToString(), folder, $"{death}"]);
                if (code is null && (code = CodeOf(victim)) is not null)
                    Start(peer, code);
                victim.WaitForExit();
                verifier ??= Verifier().Match(victim.Output) is { Success: true } match ? match.Groups[1].Value : null;
                isDone = victim.ExitCode == 0;
                if (!isDone)
                    Assert.That(victim.ExitCode, Is.EqualTo(128 + 9), victim.Errors);
            }

            Assert.That(File.ReadAllLines(Path.Combine(folder, "inbox")), Is.EqualTo(Theirs));
            Assert.That(Ours.Select(_ => Receive(peer)), Is.EqualTo(Ours));
            var theirs = (string)peer.Ask(new JsonObject { ["do"] = "verifier" })["verifier"]!;
            Assert.That(verifier ?? theirs, Is.EqualTo(theirs));
            Assert.That((string)peer.Ask(new JsonObject { ["do"] = "close" })["closed"]!, Is.EqualTo("happy"));
            return (lives, theirs);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The code, or null if the process ended before it had shown one.
    private static string? CodeOf(PeerProcess victim)
    {
        var shown = victim.WaitFor(each => Code().Match(each.Output) is { Success: true } match ? match.Groups[1].Value : each.HasExited ? "" : null);
        if (shown.Length > 0)
            return shown;
        victim.WaitForExit();
        return Code().Match(victim.Output) is { Success: true } late ? late.Groups[1].Value : null;
    }

    private static void Start(PythonPeer peer, string code)
    {
        peer.Ask(new JsonObject { ["do"] = "set_code", ["code"] = code });
        for (var i = 0; i < 3; i++)
            peer.Ask(new JsonObject { ["do"] = "send", ["hex"] = Convert.ToHexStringLower(Encoding.UTF8.GetBytes($"theirs {i}")) });
    }

    private static string Receive(PythonPeer peer) =>
        Encoding.UTF8.GetString(Convert.FromHexString((string)peer.Ask(new JsonObject { ["do"] = "receive" })["message"]!));

    [GeneratedRegex(@"code (\S+)\n")]
    private static partial Regex Code();

    [GeneratedRegex(@"verifier (\S+)\n")]
    private static partial Regex Verifier();
}
