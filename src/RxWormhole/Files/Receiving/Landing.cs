using System.Security.Cryptography;

namespace RxWormhole;

/// <summary>Where an offer goes: checked before it is answered, written beside its target under a name of its own, and named at the end.</summary>
/// <remarks>
/// The order is <see cref="For"/>, perhaps <see cref="FindAsync"/> and <see cref="RewindAsync"/>, then the bytes into <see cref="Target"/>, then
/// <see cref="CommitAsync"/> or <see cref="Abandon"/>. Nothing is created before <see cref="FindAsync"/> or <see cref="Target"/> is used. One caller at a time.
/// Every member but <see cref="Abandon"/> may fail with a <see cref="TransferException"/>; so may writing into <see cref="Target"/>.
/// </remarks>
internal abstract class Landing : IDisposable
{
    private protected Landing(string name) => Name = name;

    /// <summary>The name it gets, unless that is taken meanwhile: one safe component.</summary>
    internal string Name { get; }

    /// <summary>Where the bytes of the wire go, from the position that <see cref="FindAsync"/> told, or else from the first one.</summary>
    internal abstract Stream Target { get; }

    /// <summary>Whether there is nothing to give up any more.</summary>
    private protected bool IsOver { get; set; }

    /// <summary>Decides where an offer goes.</summary>
    /// <exception cref="TransferException">It cannot be taken: its name, its size, or what is there already.</exception>
    internal static Landing For(LandingOffer offer, ReceiveOptions options, Entropy entropy) => Guard(() => LandingChoice.Of(offer, options, entropy));

    /// <summary>Looks for what an earlier attempt left, takes it, and feeds it into the hash; says how many bytes of the wire that is.</summary>
    internal abstract ValueTask<long> FindAsync(IncrementalHash hash, CancellationToken cancelled);

    /// <summary>Forgets what was found: the bytes come from the first one.</summary>
    internal abstract ValueTask RewindAsync();

    /// <summary>Brings what arrived to the disk and gives it its name; says where it is, in full, or null where that is nowhere.</summary>
    internal abstract ValueTask<string?> CommitAsync(CancellationToken cancelled);

    /// <summary>Gives up; does nothing behind <see cref="CommitAsync"/>. Never throws.</summary>
    /// <param name="keepPart">Whether what is there is kept for <see cref="FindAsync"/> of another time, if it can be.</param>
    internal void Abandon(bool keepPart)
    {
        if (IsOver)
            return;
        IsOver = true;
        Try(() => GiveUp(keepPart));
    }

    /// <summary>Gives up, keeping nothing, unless it was committed or abandoned already.</summary>
    public void Dispose() => Abandon(keepPart: false);

    private protected abstract void GiveUp(bool keepPart);

    private protected static void CheckComplete(Stream target)
    {
        if (target.Position != target.Length)
            throw new TransferException(TransferFault.Interrupted, $"Only {target.Position} of {target.Length} bytes arrived.");
    }

    /// <summary>Tidies up: the failure that there was before is the one that counts, or that there was none.</summary>
    internal static void Try(Action work)
    {
        try
        {
            work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What could not be written cannot be tidied up either, perhaps.
        }
    }

    private protected static T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(exception);
        }
    }

    internal static TransferException CannotWrite(Exception inner) =>
        new(TransferFault.CannotWrite, $"What is received cannot be written: {Printable.Of(inner.Message)}", inner);
}
