using System.Security.Cryptography;

namespace RxWormhole;

/// <summary>Where an offer goes: checked before it is answered, written beside its target under a name of its own, and named at the end.</summary>
/// <remarks>
/// The order is <see cref="For"/>, perhaps <see cref="FindAsync"/> and <see cref="RewindAsync"/>, then the bytes into <see cref="Target"/>, then
/// <see cref="CommitAsync"/> or <see cref="Abandon"/>. Nothing is created before <see cref="FindAsync"/> or <see cref="Target"/> is used. One caller at a time.
/// Every member but <see cref="For"/> may fail with a <see cref="TransferException"/>; so may writing into <see cref="Target"/>.
/// </remarks>
internal abstract class Landing : IDisposable
{
    private protected Landing(string name) => Name = name;

    /// <summary>The name it gets, unless that is taken meanwhile: one safe component.</summary>
    internal string Name { get; }

    /// <summary>Where the bytes of the wire go, from the position that <see cref="FindAsync"/> told, or else from the first one.</summary>
    internal abstract Stream Target { get; }

    /// <summary>Decides where an offer goes.</summary>
    /// <exception cref="TransferException">It cannot be taken: its name, its size, or what is there already.</exception>
    internal static Landing For(LandingOffer offer, ReceiveOptions options, Entropy entropy) => throw new NotImplementedException();

    /// <summary>Looks for what an earlier attempt left, takes it, and feeds it into the hash; says how many bytes of the wire that is.</summary>
    internal abstract ValueTask<long> FindAsync(IncrementalHash hash, CancellationToken cancelled);

    /// <summary>Forgets what was found: the bytes come from the first one.</summary>
    internal abstract ValueTask RewindAsync();

    /// <summary>Brings what arrived to the disk and gives it its name; says where it is, in full.</summary>
    internal abstract ValueTask<string> CommitAsync(CancellationToken cancelled);

    /// <summary>Gives up; does nothing behind <see cref="CommitAsync"/>. Never throws.</summary>
    /// <param name="keepPart">Whether what is there is kept for <see cref="FindAsync"/> of another time, if it can be.</param>
    internal abstract void Abandon(bool keepPart);

    /// <summary>Gives up, keeping nothing, unless it was committed or abandoned already.</summary>
    public void Dispose() => Abandon(keepPart: false);
}
