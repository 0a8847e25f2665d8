using System.CommandLine;

namespace RxWormhole.Cli;

/// <summary>The options of commands that talk to somebody else. Those that the Python client has, too, keep their names.</summary>
/// <remarks>Values are read as text: what they mean, and what is wrong with them, <see cref="SettingTable"/> says once for options, environment and profile.</remarks>
internal static class ClientOptions
{
    internal static readonly Option<string?> AppId = new("--appid") { HelpName = "APPID", Description = "The application id. Only clients with the same one meet." };
    internal static readonly Option<string?> RelayUrl = new("--relay-url") { HelpName = "URL", Description = "The mailbox server: ws:// or wss://." };
    internal static readonly Option<string?> TransitHelper = new("--transit-helper") { HelpName = "tcp:HOST:PORT", Description = "The transit relay: tcp:HOST:PORT, ws:// or wss://; \"\" for none." };
    internal static readonly Option<string?> Code = new("--code") { HelpName = "CODE", Description = "The code that both sides know. '-' reads it from standard input, so that no list of processes shows it." };
    internal static readonly Option<string?> CodeLength = new("--code-length", "-c") { HelpName = "WORDS", Description = "How many words a new code has, 1 to 16. [default: 2]" };
    internal static readonly Option<bool> Zero = new("-0") { Description = "No code at all, for tests: whoever comes first is the other side." };
    internal static readonly Option<bool> Verify = new("--verify", "-v") { Description = "Compare words with the other side before anything is sent." };
    internal static readonly Option<bool> HideProgress = new("--hide-progress") { Description = "Shows no progress." };
    internal static readonly Option<bool> Listen = new("--listen") { Description = "Listens for the other side. [default]" };
    internal static readonly Option<bool> NoListen = new("--no-listen") { Description = "Does not listen for the other side." };
    internal static readonly Option<bool> DirectOnly = new("--direct-only") { Description = "Never takes a relay." };
    internal static readonly Option<bool> RelayOnly = new("--relay-only") { Description = "Takes nothing but a relay." };
    internal static readonly Option<string?> Port = new("--port") { HelpName = "PORT[-PORT]", Description = "The port to listen on, or a range of them." };
    internal static readonly Option<string?> Timeout = new("--timeout") { HelpName = "TIME", Description = "How long to wait for the other side, for instance 90s, 10m or 2h. [default: for ever]" };
    internal static readonly Option<string?> Schedule = new("--schedule") { HelpName = "SCHEDULE", Description = "Asks the server now and then instead of staying connected: face-to-face, patient, or TIME[,AFTER=TIME…], for instance 5s,10m=1m,1h=10m." };
    internal static readonly Option<bool> Json = new("--json") { Description = "Writes one event a line to standard output, as JSON." };
    internal static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Takes every question as answered with yes." };
    internal static readonly Option<bool> Verbose = new("--verbose") { Description = "Tells what the session does." };
    internal static readonly Option<string?> Color = new("--color") { HelpName = "auto|always|never", Description = "Whether to use colours. [default: auto]" };
    internal static readonly Option<string?> DumpTiming = new("--dump-timing") { HelpName = "FILE", Description = "Writes when what happened to a file, as JSON." };
    internal static readonly Option<string?> Profile = new("--profile") { HelpName = "NAME", Description = "The profile of the configuration file; \"\" for none." };

    internal static readonly Option<bool> Qr = new("--qr") { Description = "Shows a new code as a QR code, too. [default at a terminal]" };
    internal static readonly Option<bool> NoQr = new("--no-qr") { Description = "Shows no QR code." };
    internal static readonly Option<string?> Text = new("--text") { HelpName = "TEXT", Description = "The text to send; '-' reads it from standard input." };
    internal static readonly Option<bool> IgnoreUnsendable = new("--ignore-unsendable-files") { Description = "Leaves out what cannot be sent of a folder." };

    internal static readonly Argument<string[]> What = new("WHAT")
    {
        Arity = ArgumentArity.ZeroOrMore,
        Description = "Files and folders; '-' is standard input. Without any, a text is asked for.",
    };

    // More than one is a mistake that deserves better than "unrecognised".
    internal static readonly Argument<string[]> ReceivedCode = new("CODE")
    {
        Arity = ArgumentArity.ZeroOrMore,
        HelpName = "CODE",
        Description = "The code, or a wormhole-transfer: link; '-' reads it from standard input. Without one it is asked for.",
    };

    internal static readonly Option<bool> OnlyText = new("--only-text", "-t") { Description = "Accepts nothing but a text." };
    internal static readonly Option<bool> AcceptFile = new("--accept-file") { Description = "Accepts a file without asking." };
    internal static readonly Option<string?> OutputFile = new("--output-file", "-o") { HelpName = "NAME", Description = "Where to put it: a name, or a folder that is there; '-' is standard output." };
    internal static readonly Option<string?> OutputDir = new("--output-dir") { HelpName = "FOLDER", Description = "The folder to put it into. [default: the present one]" };
    internal static readonly Option<bool> Overwrite = new("--overwrite") { Description = "Overwrites a file of that name." };
    internal static readonly Option<bool> Rename = new("--rename") { Description = "Takes another name where there is something of that name." };
    internal static readonly Option<bool> Skip = new("--skip") { Description = "Turns it down where there is something of that name." };
    internal static readonly Option<bool> Allocate = new("--allocate", "-a") { Description = "Makes the code here, for the other side to type." };

    /// <summary>What every command has that meets somebody.</summary>
    internal static IEnumerable<Option> OfSession =>
    [
        AppId, RelayUrl, TransitHelper, Verify, Timeout, Schedule, Json, Yes, Verbose, Color, DumpTiming, Profile,
    ];

    /// <summary>What every such command has that moves files.</summary>
    internal static IEnumerable<Option> Common => OfSession.Concat(
    [
        CodeLength, Zero, HideProgress, Listen, NoListen, DirectOnly, RelayOnly, Port, Qr, NoQr,
    ]);

    /// <summary>What <c>send</c> has besides.</summary>
    internal static IEnumerable<Option> OfSend => [Code, Text, IgnoreUnsendable];

    /// <summary>What <c>receive</c> has besides.</summary>
    internal static IEnumerable<Option> OfReceive => [OnlyText, AcceptFile, OutputFile, OutputDir, Overwrite, Rename, Skip, Allocate];
}
