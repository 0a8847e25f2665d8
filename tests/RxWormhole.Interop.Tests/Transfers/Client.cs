using System.Text.RegularExpressions;

namespace RxWormhole.Interop.Tests;

/// <summary>A command line client that sends and receives on a <see cref="LoneMachine"/>.</summary>
public abstract partial class Client
{
    /// <summary>Debian's Python client.</summary>
    public static Client Python { get; } = new PythonClient();

    /// <summary>The Go client. It cannot be told to use the relay, and does so where there are no addresses to connect to.</summary>
    public static Client Go { get; } = new GoClient();

    /// <summary>Ours: <c>rxwormhole --json</c>.</summary>
    public static Client Ours { get; } = new OurClient();

    /// <summary>What has to be installed for it, if anything.</summary>
    internal virtual string[] Needs => [Program];

    internal abstract string Program { get; }

    /// <summary>Whether it sends folders that are empty.</summary>
    internal virtual bool SendsEmptyFolders => false;

    /// <summary>Whether it makes folders of folders that are empty.</summary>
    internal virtual bool MakesEmptyFolders => true;

    /// <summary>Whether it sends and sets permission bits.</summary>
    internal virtual bool KeepsModes => true;

    internal static IReadOnlyDictionary<string, string> Environment { get; } =
        new Dictionary<string, string> { ["LC_ALL"] = "C.UTF-8", ["PYTHONUNBUFFERED"] = "1", ["XDG_CONFIG_HOME"] = "/nonexistent" };

    /// <param name="servers">The servers.</param>
    /// <param name="way">How the two are to be connected.</param>
    /// <param name="what">What is sent.</param>
    internal abstract string[] Send(TransferServers servers, TransferWay way, params string[] what);

    /// <summary>Receives and asks nobody, or whoever calls <see cref="Accept"/>.</summary>
    internal abstract string[] Receive(TransferServers servers, TransferWay way, string code);

    /// <summary>Receives, and takes nothing once <see cref="Refuse"/> was called.</summary>
    internal abstract string[] ReceiveNothing(TransferServers servers, string code);

    /// <summary>Answers what a receiver asks.</summary>
    internal virtual void Accept(PeerProcess receiver)
    {
    }

    internal virtual void Refuse(PeerProcess receiver) => receiver.WriteLine("n");

    /// <summary>The text that a receiver got, and whatever else it says there.</summary>
    internal virtual string Received(PeerProcess receiver) => receiver.Output;

    /// <summary>Fails if a client that moved a file or folder says that it did so in another way.</summary>
    internal virtual void AssertWay(PeerProcess process, TransferWay way)
    {
        // Not everyone says.
    }

    internal static string CodeOf(PeerProcess sender) =>
        sender.WaitFor(each =>
        {
            if (Code().Match(each.Output + each.Errors) is { Success: true } match)
                return match.Groups["code"].Value;
            return each.HasExited ? throw new InvalidOperationException($"The sender ended with {each.ExitCode}: {each.Errors}{each.Output}") : null;
        });

    /// <summary>Whether a client says that the codes differ.</summary>
    internal static bool SaysWrongCode(PeerProcess process) => WrongCode().IsMatch(process.Output + process.Errors);

    [GeneratedRegex(@"[Cc]ode is: (?<code>\S+)\n|""event"":""code"",""code"":""(?<code>[^""]+)""")]
    private static partial Regex Code();

    [GeneratedRegex("Code confirmation failed|WrongPassword|wrong-code|decrypt", RegexOptions.IgnoreCase)]
    private static partial Regex WrongCode();
}
