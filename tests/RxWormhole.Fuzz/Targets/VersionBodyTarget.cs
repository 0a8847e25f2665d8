using RxWormhole.Protocol;

namespace RxWormhole.Fuzz;

/// <summary>The application's versions, and what file transfer makes of them.</summary>
internal sealed class VersionBodyTarget : FuzzTarget
{
    internal override string Name => "version-body";

    internal override IReadOnlyList<string> Words { get; } = ["app_versions", "abilities", "rxwormhole", "transfer", "transfer-v1", "rxwormhole\\ud800"];

    internal override void Run(ReadOnlySpan<byte> input)
    {
        if (!VersionBody.TryRead(input.ToArray(), out var versions))
            return;

        Hold.That(VersionBody.TryRead(VersionBody.Write(versions), out var again), "what was read is written so that it can be read");
        Hold.Same(versions, again, "what was read and written is read again as the same");
        Hold.Same(versions.GetHashCode(), again.GetHashCode(), "what is the same has the same hash");
        _ = versions.TryGet("abilities", out _);
        Hold.That(TransferFeatures.In(versions) >= 0, "features are counted from nothing");
    }
}
