using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>What two of ours can do beyond version 1 of file transfer, as they tell each other in the application's versions.</summary>
/// <remarks>To go on with what was interrupted, to unpack a folder as it arrives, and to send several files as such. Other clients do not look.</remarks>
internal static class TransferFeatures
{
    /// <summary>What we say: the ability of the Rust client's naming, and ours.</summary>
    internal static AppVersions Ours { get; } = AppVersions.Parse("""{"abilities":["transfer-v1"],"rxwormhole":{"transfer":1}}""");

    /// <summary>Whether somebody says so.</summary>
    internal static bool AreIn(AppVersions versions) =>
        versions.TryGet("rxwormhole", out var ours) && ours.ValueKind == System.Text.Json.JsonValueKind.Object
        && ours.TryGetProperty("transfer", out var transfer) && transfer.ValueKind == System.Text.Json.JsonValueKind.Number
        && transfer.TryGetInt32(out var version) && version >= 1;
}
