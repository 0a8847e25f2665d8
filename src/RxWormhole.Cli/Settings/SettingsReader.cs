using System.CommandLine;

namespace RxWormhole.Cli;

/// <summary>Makes settings of what was said.</summary>
internal static class SettingsReader
{
    /// <summary>Reads options, environment and profile.</summary>
    /// <exception cref="FailedException">They make no sense; its kind is <see cref="ExitCode.Usage"/>.</exception>
    internal static ClientSettings Read(ParseResult parsed) => new()
    {
        AppId = parsed.GetValue(ClientOptions.AppId) ?? PublicServers.FileTransfer,
        Mailbox = (parsed.GetValue(ClientOptions.RelayUrl) ?? Environment.GetEnvironmentVariable("WORMHOLE_RELAY_URL")) is { Length: > 0 } url ? new Uri(url) : PublicServers.Mailbox,
        TransitHelper = parsed.GetValue(ClientOptions.TransitHelper) ?? Environment.GetEnvironmentVariable("WORMHOLE_TRANSIT_HELPER"),
        CodeLength = parsed.GetValue(ClientOptions.CodeLength) ?? 2,
        Code = parsed.GetValue(ClientOptions.Code) ?? (parsed.CommandResult.Command.Arguments.Contains(ClientOptions.ReceivedCode) ? parsed.GetValue(ClientOptions.ReceivedCode) : null),
        AcceptFile = parsed.GetValue(ClientOptions.AcceptFile),
        OutputDir = parsed.GetValue(ClientOptions.OutputDir) ?? ".",
        Existing = parsed.GetValue(ClientOptions.Overwrite) ? ExistingChoice.Overwrite : parsed.GetValue(ClientOptions.Rename) ? ExistingChoice.Rename : parsed.GetValue(ClientOptions.Skip) ? ExistingChoice.Skip : null,
        Zero = parsed.GetValue(ClientOptions.Zero),
        Verify = parsed.GetValue(ClientOptions.Verify),
        Listen = !parsed.GetValue(ClientOptions.NoListen),
        Paths = parsed.GetValue(ClientOptions.DirectOnly) ? TransitPaths.Direct : parsed.GetValue(ClientOptions.RelayOnly) ? TransitPaths.Relay : TransitPaths.All,
        Json = parsed.GetValue(ClientOptions.Json),
        HideProgress = parsed.GetValue(ClientOptions.HideProgress),
        Yes = parsed.GetValue(ClientOptions.Yes),
        Qr = parsed.GetValue(ClientOptions.NoQr) ? false : parsed.GetValue(ClientOptions.Qr) ? true : null,
        DumpTiming = parsed.GetValue(ClientOptions.DumpTiming),
    };
}
