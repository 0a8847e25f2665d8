using System.Collections.Immutable;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>A folder that is offered, or several files and folders at once.</summary>
public sealed class IncomingFolder : IncomingContent
{
    private readonly TransferOffer.Folder folder;

    internal IncomingFolder(Wormhole wormhole, PendingOffer pending, TransferOffer.Folder folder, ReceiveOptions options)
        : base(wormhole, pending, Landing(pending, folder), options)
    {
        this.folder = folder;
        Names = [.. Several(pending, folder).Select(each => Printable.Of(each.Name) + (each.IsFolder ? "/" : ""))];
    }

    /// <summary>How many bytes the sender says the files in it have.</summary>
    public long Bytes => folder.Bytes;

    /// <summary>How many files the sender says there are.</summary>
    public long Files => folder.Files;

    /// <summary>Whether it is no folder of its own: what is in it was chosen one by one, and goes into the target folder as it is.</summary>
    public bool IsSeveral => Names.Count > 0;

    /// <summary>If it is several: what they are called, fit to be shown; folders end with a slash. Nothing else is put into the target folder.</summary>
    public IReadOnlyList<string> Names { get; }

    private static ImmutableArray<OfferedItem> Several(PendingOffer pending, TransferOffer.Folder folder) => pending.IsFromOurs ? folder.Several : [];

    private static LandingOffer Landing(PendingOffer pending, TransferOffer.Folder folder) => new(folder.Name, folder.ZipLength)
    {
        IsFolder = true,
        Bytes = folder.Bytes,
        Files = folder.Files,
        Several = Several(pending, folder),
        CanStream = pending.IsFromOurs,
        CanResume = pending.IsFromOurs,
    };
}
