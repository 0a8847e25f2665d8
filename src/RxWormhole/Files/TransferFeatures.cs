using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>What two of ours can do beyond version 1 of file transfer, as they tell each other in the application's versions.</summary>
/// <remarks>Each says the highest version of it that it knows, and has those below, too; what both have is the lower one. Other clients do not look.</remarks>
internal static class TransferFeatures
{
    /// <summary>To go on with what was interrupted, to unpack a folder as it arrives, and to send several files as such.</summary>
    internal const int More = 1;

    /// <summary>To send what has no length yet.</summary>
    internal const int OpenEnded = 2;

    /// <summary>What we say: the ability of the Rust client's naming, and ours.</summary>
    internal static AppVersions Ours { get; } = AppVersions.Parse("""{"abilities":["transfer-v1"],"rxwormhole":{"transfer":2}}""");

    /// <summary>The highest version that somebody says; 0 where that is none.</summary>
    internal static int In(AppVersions versions) =>
        versions.TryGet("rxwormhole", out var ours) && ours.ValueKind == System.Text.Json.JsonValueKind.Object
        && ours.TryGetProperty("transfer", out var transfer) && transfer.ValueKind == System.Text.Json.JsonValueKind.Number
        && transfer.TryGetInt32(out var version) ? Math.Max(version, 0) : 0;
}
