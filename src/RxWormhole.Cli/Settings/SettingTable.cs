using System.Collections.Immutable;
using System.CommandLine;
using RxWormhole.Protocol;

namespace RxWormhole.Cli;

/// <summary>Everything that options, environment and configuration file can set.</summary>
internal static class SettingTable
{
    private const string True = "true";
    private const string False = "false";

    internal static readonly Setting Server = new("relay-url", SettingKind.Text, PublicServers.Mailbox.ToString(), static (settings, text) => settings with { Mailbox = SettingText.Server(text) })
    {
        Options = Of(ClientOptions.RelayUrl),
        Variable = "WORMHOLE_RELAY_URL",
        Example = "\"wss://example.com/v1\"",
    };

    internal static readonly Setting AppId = new("appid", SettingKind.Text, PublicServers.FileTransfer, static (settings, text) => settings with { AppId = Identity(text) })
    {
        Options = Of(ClientOptions.AppId),
        Example = "\"example.com/files\"",
    };

    internal static readonly ImmutableArray<Setting> All =
    [
        Server,
        new("transit-helper", SettingKind.Text, "tcp:transit.magic-wormhole.io:4001", static (settings, text) => settings with { TransitHelper = Relay(text) })
        {
            Options = Of(ClientOptions.TransitHelper),
            Variable = "WORMHOLE_TRANSIT_HELPER",
            Example = "\"tcp:example.com:4001\"",
        },
        AppId,
        new("code-length", SettingKind.Number, "2", static (settings, text) => settings with { CodeLength = SettingText.Number(text, 1, 16) }) { Options = Of(ClientOptions.CodeLength), Example = "3" },
        Flag("verify", ClientOptions.Verify, static (settings, value) => settings with { Verify = value }),
        new("timeout", SettingKind.TextOrNumber, "never", static (settings, text) => settings with { Timeout = text == "never" ? null : SettingText.Time(text) }) { Options = Of(ClientOptions.Timeout), Example = "\"10m\"" },
        new("schedule", SettingKind.TextOrNumber, "none", static (settings, text) => settings with { Schedule = SettingText.Schedule(text) }) { Options = Of(ClientOptions.Schedule), Example = "\"patient\"" },
        new("paths", SettingKind.Text, "all", static (settings, text) => settings with { Paths = Paths(text) })
        {
            Options = [(ClientOptions.DirectOnly, "direct"), (ClientOptions.RelayOnly, "relay")],
            About = "Which ways to the other side may be taken: all, direct or relay.",
            Example = "\"direct\"",
        },
        new("listen", SettingKind.Flag, True, static (settings, text) => settings with { Listen = Boolean(text) })
        {
            Options = [(ClientOptions.Listen, True), (ClientOptions.NoListen, False)],
            About = "Whether to listen for the other side.",
            Example = False,
        },
        new("port", SettingKind.TextOrNumber, "any", static (settings, text) => settings with { Ports = SettingText.Ports(text) }) { Options = Of(ClientOptions.Port), Example = "\"4000-4010\"" },
        Flag("ignore-unsendable-files", ClientOptions.IgnoreUnsendable, static (settings, value) => settings with { IgnoreUnsendableFiles = value }),
        Flag("accept-file", ClientOptions.AcceptFile, static (settings, value) => settings with { AcceptFile = value }) with { Variable = "WORMHOLE_ACCEPT_FILE" },
        new("output-dir", SettingKind.Text, ".", static (settings, text) => settings with { OutputDir = Folder(text) }) { Options = Of(ClientOptions.OutputDir), Example = "\"~/Downloads\"", IsFolder = true },
        new("existing", SettingKind.Text, "ask", static (settings, text) => settings with { Existing = Existing(text) })
        {
            Options = [(ClientOptions.Overwrite, "overwrite"), (ClientOptions.Rename, "rename"), (ClientOptions.Skip, "skip")],
            About = "What becomes of what is there already: ask, overwrite, rename or skip.",
            Example = "\"rename\"",
        },
        new("qr", SettingKind.Flag, "at a terminal", static (settings, text) => settings with { Qr = Boolean(text) })
        {
            Options = [(ClientOptions.Qr, True), (ClientOptions.NoQr, False)],
            Variable = "WORMHOLE_QR",
            Example = False,
        },
        Flag("hide-progress", ClientOptions.HideProgress, static (settings, value) => settings with { HideProgress = value }),
        Flag("verbose", ClientOptions.Verbose, static (settings, value) => settings with { Verbose = value }),
        new("color", SettingKind.Text, "auto", static (settings, text) => settings with { Color = Color(text) }) { Options = Of(ClientOptions.Color), Example = "\"never\"" },
    ];

    private static Setting Flag(string name, Option<bool> option, Func<ClientSettings, bool, ClientSettings> apply) =>
        new(name, SettingKind.Flag, False, (settings, text) => apply(settings, Boolean(text))) { Options = Of(option), Example = True };

    private static ImmutableArray<(Option Option, string? Text)> Of(Option option) => [(option, null)];

    private static bool Boolean(string text) => SettingText.Flag(text) ?? throw new FormatException("true or false");

    private static string Identity(string text) =>
        text.Length is > 0 and <= 1000 && Utf8Text.IsWellFormed(text) ? text : throw new FormatException("a text of 1 to 1,000 characters");

    private static string Folder(string text) => text.Length > 0 ? text : throw new FormatException("a folder; . is the present one");

    private static string Relay(string text) => text switch
    {
        "" or "none" => "",
        _ when RelayHint.TryParse(text, out _) => text,
        _ => throw new FormatException("tcp:HOST:PORT, ws://… or wss://…, for instance tcp:example.com:4001; none for none"),
    };

    private static TransitPaths Paths(string text) => SettingText.Word(text, ("all", TransitPaths.All), ("direct", TransitPaths.Direct), ("relay", TransitPaths.Relay));

    private static ExistingChoice? Existing(string text) => SettingText.Word<ExistingChoice?>(
        text, ("ask", null), ("overwrite", ExistingChoice.Overwrite), ("rename", ExistingChoice.Rename), ("skip", ExistingChoice.Skip));

    private static ColorChoice Color(string text) => SettingText.Word(text, ("auto", ColorChoice.Auto), ("always", ColorChoice.Always), ("never", ColorChoice.Never));
}
