using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>A file that is offered.</summary>
public sealed class IncomingFile : IncomingContent
{
    internal IncomingFile(Wormhole wormhole, PendingOffer pending, TransferOffer.File file, ReceiveOptions options)
        : base(wormhole, pending, new LandingOffer(file.Name, file.Length) { CanResume = pending.IsFromOurs }, options)
    {
    }
}
