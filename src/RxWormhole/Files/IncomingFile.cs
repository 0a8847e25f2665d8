using System.Diagnostics.Contracts;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>A file that is offered.</summary>
public sealed class IncomingFile : IncomingContent
{
    internal IncomingFile(Wormhole wormhole, PendingOffer pending, TransferOffer.File file, ReceiveOptions options)
        : base(wormhole, pending, new LandingOffer(file.Name, file.Length) { CanResume = pending.IsFromOurs }, options)
    {
    }

    internal IncomingFile(Wormhole wormhole, PendingOffer pending, TransferOffer.OpenEnded stream, ReceiveOptions options)
        : base(wormhole, pending, new LandingOffer(stream.Name, null), options)
    {
    }

    /// <summary>Agrees and receives, into a stream as it comes: standard output, for instance. Nothing is written anywhere else.</summary>
    /// <param name="target">Written to from where it stands, and flushed at the end; it stays the caller's, who closes it once this has ended.</param>
    /// <remarks>
    /// As <see cref="IncomingContent.Accept"/>, but for this: of what <see cref="Wormhole.ReceiveOffer"/> was told only <see cref="ReceiveOptions.MaxBytes"/> counts, the last value
    /// has no <see cref="TransferProgress.Path"/>, and a lost connection is the end, because what is in the stream cannot be looked at again.
    /// What came before an error is in the stream already: only the completion says that it is all of it, and what was sent.
    /// </remarks>
    /// <exception cref="ArgumentException">The stream cannot be written to.</exception>
    [Pure]
    public IObservable<TransferProgress> AcceptInto(Stream target)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (!target.CanWrite)
            throw new ArgumentException("The stream cannot be written to.", nameof(target));
        return ReceiveInto(nameof(AcceptInto), target);
    }
}
