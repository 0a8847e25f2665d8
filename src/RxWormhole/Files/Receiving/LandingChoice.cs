using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>Whether an offer is taken, and how.</summary>
internal static class LandingChoice
{
    // What a zip file needs for one entry besides its content, with the longest path that there usually is, twice, and for its end.
    private const long MostForEntry = 2 * (4096 + 128);
    private const long MostForEnd = 1 << 16;

    internal static Landing Of(LandingOffer offer, ReceiveOptions options, Entropy entropy)
    {
        if (offer.Length < 0 || offer.Bytes < 0 || offer.Files < 0)
            throw new TransferException(TransferFault.BadMessage, "The offer has a negative length.");
        var name = NameOf(offer, options);
        CheckBounds(offer, options);
        if (options.Sink.Look(options.Folder) is not { Kind: FileKind.Folder or FileKind.Link })
            throw new TransferException(TransferFault.CannotWrite, $"There is no folder '{Printable.Of(options.Folder)}' to receive into.");
        return offer.IsFolder ? FolderOf(offer, name, options, entropy) : FileOf(offer, name, options, entropy);
    }

    private static FileLanding FileOf(LandingOffer offer, string name, ReceiveOptions options, Entropy entropy)
    {
        var destination = Destination.Of(name, isFolder: false, options);
        var part = new PartFile(name, offer.Length ?? 0, offer.CanResume && options.Resume, options, entropy);
        if (offer.Length is { } length)
            CheckSpace(length, options, part.Left);
        return new FileLanding(destination, part, offer.Length, options);
    }

    private static Landing FolderOf(LandingOffer offer, string name, ReceiveOptions options, Entropy entropy)
    {
        // Whoever asks for a name wants one folder.
        var placement = Placement.Of(name, options.Name is null ? offer.Several : [], options);

        var length = offer.Length!.Value;
        if (offer.CanStream)
        {
            // What stands between the contents is kept until the end.
            var landing = new StreamedFolderLanding(placement, name, offer, options, entropy);
            CheckSpace(Math.Max(length, offer.Bytes), options, landing.Left);
            return landing;
        }

        // The zip file stays until it is unpacked.
        CheckSpace((Int128)length + offer.Bytes, options, static () => 0);
        return new ZippedFolderLanding(placement, name, offer, options, entropy);
    }

    private static string NameOf(LandingOffer offer, ReceiveOptions options)
    {
        var given = options.Name ?? offer.Name;
        if (!OfferedName.TryMakeSafe(given, options.AllowHidden != false || options.Name is not null, out var name, out var reason))
            throw new TransferException(TransferFault.UnsafeName, $"The name '{Printable.Of(given)}' cannot be used: {reason}.");

        // Whoever asks for a name gets that one, or none.
        if (options.Name is not null && options.Name != name)
            throw new TransferException(TransferFault.UnsafeName, $"The name '{Printable.Of(given)}' is not one that can be used everywhere; '{name}' would be.");
        return name;
    }

    /// <summary>Whether it is no more than is taken; what has no length shows it when it comes.</summary>
    internal static void CheckBounds(LandingOffer offer, ReceiveOptions options)
    {
        var bytes = offer.IsFolder ? offer.Bytes : offer.Length;
        if (bytes > options.MaxBytes)
            throw new TransferException(TransferFault.NoSpace, $"{bytes} bytes are offered; at most {options.MaxBytes} are taken.");
        if (!offer.IsFolder)
            return;
        if (offer.Files > options.MaxEntries)
            throw new TransferException(TransferFault.NoSpace, $"A folder with {offer.Files} files is offered; at most {options.MaxEntries} are taken.");
        if (offer.Length - offer.Bytes > (options.MaxEntries * MostForEntry) + MostForEnd)
            throw new TransferException(TransferFault.NoSpace, $"{offer.Length} bytes are offered for a folder of {offer.Bytes}.");
    }

    // What an earlier attempt left is looked at only if it matters: it may be very many files.
    private static void CheckSpace(Int128 needed, ReceiveOptions options, Func<long> left)
    {
        if (options.Sink.FreeSpace(options.Folder) is { } free && free < needed && free < needed - left())
            throw new TransferException(TransferFault.NoSpace, $"{needed} bytes are needed, and only {free} are free.");
    }
}
