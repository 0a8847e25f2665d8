using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>What is offered, as the sender says it: nothing of it is believed.</summary>
/// <param name="Name">The offered name.</param>
/// <param name="Length">The bytes on the wire; null where nobody knows before the end, which only a file may have.</param>
internal sealed record LandingOffer(string Name, long? Length)
{
    /// <summary>Whether the bytes are a zip file to be unpacked.</summary>
    internal bool IsFolder { get; init; }

    /// <summary>For a folder, the bytes of all its files.</summary>
    internal long Bytes { get; init; }

    /// <summary>For a folder, how many files it has.</summary>
    internal long Files { get; init; }

    /// <summary>For a folder that stands for several things that go into the target folder as they are: all of them.</summary>
    internal IReadOnlyList<OfferedItem> Several { get; init; } = [];

    /// <summary>For a folder, whether its entries say their lengths in front, so that they are unpacked as they arrive.</summary>
    internal bool CanStream { get; init; }

    /// <summary>Whether the sender can go on where an earlier attempt ended; counts only if <see cref="ReceiveOptions.Resume"/> is set, too.</summary>
    internal bool CanResume { get; init; }
}
