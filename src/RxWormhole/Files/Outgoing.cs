using System.Collections.Immutable;
using System.Text;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>What will be sent: looked at, counted and measured before anything is connected.</summary>
/// <remarks>No content is read before it is sent, and a file is open only then; whether it can be opened is tried. A stream is not touched before the two sides are paired.</remarks>
public sealed partial class Outgoing
{
    // What a receiver takes as a name, and what all platforms have room for.
    private const int MostNameBytes = 255;

    // An offer is one message, and has an end.
    private const int MostOfferedBytes = 1 << 15;

    private readonly Func<Stream> open;

    private Outgoing(string name, long? length, long? bytes, int files, Func<Stream> open)
    {
        Name = name;
        Length = length;
        Bytes = bytes;
        Files = files;
        this.open = open;
    }

    /// <summary>What it is called on the other side: one component.</summary>
    public string Name { get; }

    /// <summary>Whether it is offered as a folder: it is one, or there are several paths.</summary>
    public bool IsFolder { get; private init; }

    /// <summary>The bytes that are sent: those of the file, or of the zip file that a folder travels as.</summary>
    /// <value>Null for a stream whose length nobody knows.</value>
    public long? Length { get; }

    /// <summary>The bytes of all files together.</summary>
    /// <value>Null for a stream whose length nobody knows.</value>
    public long? Bytes { get; }

    /// <summary>How many files there are.</summary>
    public int Files { get; }

    /// <summary>What was left out.</summary>
    public IReadOnlyList<SkippedEntry> Skipped { get; private init; } = [];

    /// <summary>If it stands for several paths: what they are called, for a receiver that knows and lays them out as they were given instead of making a folder.</summary>
    internal ImmutableArray<OfferedItem> Several { get; private init; } = [];

    /// <summary>Whether it can be opened more than once, so that a transfer of it can go on.</summary>
    internal bool CanReopen { get; private init; } = true;

    /// <summary>Looks at a file or folder.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="ArgumentException">The path is null or empty.</exception>
    /// <exception cref="TransferException">It cannot be sent; its fault is <see cref="TransferFault.BadSource"/>.</exception>
    public static Outgoing Of(string path) => Of(path, null);

    /// <summary>Looks at a file or folder.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="options">What is sent of it; null for the defaults.</param>
    /// <exception cref="ArgumentException">The path is null or empty.</exception>
    /// <exception cref="TransferException">It cannot be sent; its fault is <see cref="TransferFault.BadSource"/>.</exception>
    public static Outgoing Of(string path, SendOptions? options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new SendOptions();
        var (name, stat) = Look(path, options.Source);
        var scan = new FolderScan(options);
        if (stat.Kind == FileKind.Folder)
        {
            scan.AddFolder(path, stat, "");
            return OfFolder(name, options.Source, scan, []);
        }

        scan.CheckReadable(path, stat);
        return new Outgoing(name, stat.Length, stat.Length, 1, () => new SteadyFile(options.Source, new SourceFile(path, stat)));
    }

    /// <summary>Looks at several files and folders, which are sent together. A single one is sent by itself.</summary>
    /// <param name="paths">Their paths; no two may end in the same name.</param>
    /// <exception cref="ArgumentException">There are no paths, or one is null or empty.</exception>
    /// <exception cref="TransferException">They cannot be sent; its fault is <see cref="TransferFault.BadSource"/> or <see cref="TransferFault.SameName"/>.</exception>
    public static Outgoing Of(IEnumerable<string> paths) => Of(paths, null);

    /// <summary>Looks at several files and folders, which are sent together. A single one is sent by itself.</summary>
    /// <param name="paths">Their paths; no two may end in the same name.</param>
    /// <param name="options">What is sent of them; null for the defaults.</param>
    /// <exception cref="ArgumentException">There are no paths, or one is null or empty.</exception>
    /// <exception cref="TransferException">They cannot be sent; its fault is <see cref="TransferFault.BadSource"/> or <see cref="TransferFault.SameName"/>.</exception>
    public static Outgoing Of(IEnumerable<string> paths, SendOptions? options)
    {
        ArgumentNullException.ThrowIfNull(paths);
        string[] all = [.. paths];
        if (all.Length == 0 || all.Any(string.IsNullOrEmpty))
            throw new ArgumentException("There must be at least one path, and none may be empty.", nameof(paths));
        if (all.Length == 1)
            return Of(all[0], options);

        options ??= new SendOptions();
        var scan = new FolderScan(options);
        var names = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var several = ImmutableArray.CreateBuilder<OfferedItem>(all.Length);
        foreach (var path in all)
        {
            var (name, stat) = Look(path, options.Source);
            var entry = FolderScan.EntryName(name);
            if (!FolderScan.IsFit(entry, out var reason))
                throw FolderScan.Bad(path, $"has a name that receivers refuse: {reason}");
            if (!names.TryAdd(entry, path))
                throw new TransferException(TransferFault.SameName, $"'{Printable.Of(path)}' has the same name as '{Printable.Of(names[entry])}'.");
            several.Add(new OfferedItem(entry, stat.Kind == FileKind.Folder));
            if (stat.Kind == FileKind.Folder)
                scan.AddFolder(path, stat, entry + "/");
            else
                scan.AddFile(path, stat, entry);
        }

        return OfFolder(NameOfAll(options.Source.NameOf(all[0]), all.Length - 1), options.Source, scan, CanBeOffered(several) ? several.ToImmutable() : []);
    }

    /// <summary>What is sent, once from the beginning to the end: exactly <see cref="Length"/> bytes, if there is one.</summary>
    /// <remarks>
    /// It fails with a <see cref="TransferException"/> where a file is no longer what was looked at. Opening several one after the other gives the same bytes, unless it
    /// cannot be opened again.
    /// </remarks>
    internal Stream Open() => open();

    /// <summary>It as an offer.</summary>
    /// <param name="features">What both sides can do, one of <see cref="TransferFeatures"/>.</param>
    internal TransferOffer ToOffer(int features) => Length is not { } length
        ? new TransferOffer.OpenEnded(Name)
        : IsFolder
            ? new TransferOffer.Folder(Name, length, Bytes!.Value, Files) { Several = features >= TransferFeatures.More ? Several : [] }
            : new TransferOffer.File(Name, length);

    private static Outgoing OfFolder(string name, IFileSource source, FolderScan scan, ImmutableArray<OfferedItem> several)
    {
        var layout = new ZipLayout(scan.Items);
        return new Outgoing(name, layout.Length, scan.Items.Sum(item => item.Length), scan.Files.Count(file => file is not null),
            () => new ZipContent(source, layout, scan.Files))
        {
            IsFolder = true,
            Several = several,
            Skipped = scan.Skipped,
        };
    }

    // Very many are one folder for everybody, as are those that some systems cannot have side by side.
    private static bool CanBeOffered(IReadOnlyCollection<OfferedItem> several) =>
        several.Count <= TransferOffer.Folder.MaxSeveral
        && several.Sum(each => Encoding.UTF8.GetByteCount(each.Name)) <= MostOfferedBytes
        && several.Select(each => Nfc.Normalize(SafeName(each))).Distinct(StringComparer.OrdinalIgnoreCase).Count() == several.Count;

    private static string SafeName(OfferedItem item) => ZipEntryName.TryParse(item.Name, out var components, out _, out _) ? components[^1] : item.Name;

    private static (string Name, FileStat Stat) Look(string path, IFileSource source)
    {
        try
        {
            if (source.Look(path, followLink: true) is not { } stat)
                throw FolderScan.Bad(path, "is not there");
            if (stat.Kind is FileKind.Special or FileKind.Link)
                throw FolderScan.Bad(path, "is a pipe, socket or device, which has no length and no end");
            return source.NameOf(path) is { Length: > 0 } name ? (name, stat) : throw FolderScan.Bad(path, "has no name that it could be sent under");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FolderScan.Bad(path, $"cannot be looked at: {Printable.Of(exception.Message)}", exception);
        }
    }

    private static string NameOfAll(string first, int others)
    {
        var rest = $" and {others} more";
        while (Encoding.UTF8.GetByteCount(first) + rest.Length > MostNameBytes)
            first = first[..^(first.Length > 1 && char.IsSurrogatePair(first, first.Length - 2) ? 2 : 1)];
        return first + rest;
    }
}
