using System.Text.RegularExpressions;
using RxWormhole.Contracts;

namespace RxWormhole.Interop.Tests;

/// <summary>Commands at a terminal, and others without one, through a server and a relay of ours.</summary>
public abstract partial class TerminalFixture
{
    private protected ServeProcess Server { get; private set; } = null!;

    /// <summary>A folder for this test.</summary>
    private protected string Folder { get; private set; } = null!;

    /// <summary>How many bytes a second the relay passes on; null for all.</summary>
    private protected virtual long? RelayRate => null;

    [OneTimeSetUp]
    public void StartServer() => Server = new ServeProcess(relay: "127.0.0.1:0", options: RelayRate is { } rate ? ["--set", $"Relay:BytesPerSecond={rate}"] : []);

    [OneTimeTearDown]
    public void StopServer() => Server?.Dispose();

    [SetUp]
    public void MakeFolder()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("These pseudo-terminals are those of Linux.");
        Folder = Directory.CreateTempSubdirectory("rxwormhole-terminal-").FullName;
    }

    [TearDown]
    public void DeleteFolder() => Directory.Delete(Folder, recursive: true);

    private protected TerminalProcess AtTerminal(string[] arguments, int columns = 120, string redirection = "") =>
        new([arguments[0], .. Usual, .. arguments[1..]], columns, Folder, redirection);

    private protected PeerProcess Elsewhere(params string[] arguments) => new(CommandProgram.Program, CommandProgram.Arguments([arguments[0], .. Usual, .. arguments[1..]]), folder: In("elsewhere"));

    /// <summary>A file in this test's folder.</summary>
    private protected string File(string name, long length)
    {
        var path = Path.Combine(Folder, name);
        RandomFile.Write(path, length);
        return path;
    }

    /// <summary>A folder in it.</summary>
    private protected string In(string name) => Directory.CreateDirectory(Path.Combine(Folder, name)).FullName;

    private protected static string CodeOf(PeerProcess sender) => sender.WaitFor(each => Code().Match(each.Errors) is { Success: true } match ? match.Groups[1].Value : null);

    private protected static string CodeOf(TerminalProcess sender)
    {
        sender.WaitFor(text => Code().IsMatch(text));
        return Code().Match(sender.Text).Groups[1].Value;
    }

    /// <summary>Compares a screen with what it should be, without what differs from time to time.</summary>
    private protected void AssertShows(TerminalProcess process, string expected)
    {
        var shown = Plain(process.Text);
        Assert.That(shown, Is.EqualTo(expected), shown);
    }

    private string Plain(string text)
    {
        text = text.Replace(Server.Mailbox.ToString(), "SERVER", StringComparison.Ordinal).Replace(Server.Relay.Authority, "RELAY", StringComparison.Ordinal).Replace(Folder, "FOLDER", StringComparison.Ordinal);
        return Bar().Replace(Rate().Replace(AnyCode().Replace(text, "CODE"), ""), "━");
    }

    private string[] Usual => ["--relay-url", Server.Mailbox.ToString(), "--transit-helper", $"tcp:{Server.Relay.Authority}", "--relay-only", "--no-qr"];

    [GeneratedRegex(@"Wormhole code is: (\S+)\n")]
    private static partial Regex Code();

    [GeneratedRegex(@"\b\d+-[a-z]+-[a-z]+\b")]
    private static partial Regex AnyCode();

    [GeneratedRegex("  [0-9.]+ ([kMG]?B|bytes)/s( +([0-9:]+ left|in [0-9:]+))?")]
    private static partial Regex Rate();

    [GeneratedRegex("━+")]
    private static partial Regex Bar();
}
