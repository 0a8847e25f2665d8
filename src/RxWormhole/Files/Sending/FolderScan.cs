using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>Goes through what will be sent as one folder, in an order that is the same every time, and decides about every entry.</summary>
internal sealed class FolderScan(SendOptions options, int mostEntries = FolderScan.MostEntries)
{
    // As many as our own receiver takes unless told otherwise. Links can make endless trees of a few folders without a circle.
    private const int MostEntries = 1_000_000;

    private readonly IFileSource source = options.Source;
    private readonly List<ZipItem> items = [];
    private readonly List<SourceFile?> files = [];
    private readonly List<SkippedEntry> skipped = [];
    private int folders;

    internal IReadOnlyList<ZipItem> Items => items;

    /// <summary>The file of each item; null for a folder.</summary>
    internal IReadOnlyList<SourceFile?> Files => files;

    internal IReadOnlyList<SkippedEntry> Skipped => skipped;

    /// <summary>Goes through a folder.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="stat">What it was seen as.</param>
    /// <param name="prefix">Its name in the zip file, with a slash at the end; empty for the folder that is sent itself.</param>
    internal void AddFolder(string path, FileStat stat, string prefix) => AddFolder(path, stat, prefix, [stat.Identity]);

    /// <summary>Adds a file that is named itself.</summary>
    internal void AddFile(string path, FileStat stat, string name)
    {
        CheckReadable(path, stat);
        Add(new ZipItem(name, false, stat.Length, stat.Mode, stat.Modified), new SourceFile(path, stat));
    }

    /// <summary>The name of something in a zip file: receivers refuse backslashes there, which separate on some systems.</summary>
    internal static string EntryName(string name) => name.Replace('\\', '_');

    /// <summary>Whether receivers take a name in a folder.</summary>
    internal static bool IsFit(string name, out string reason) => ZipEntryName.TryParse(name, out _, out _, out reason);

    /// <summary>Whether something is what a transfer left, ours or another: nobody takes it, and nobody wants it.</summary>
    internal static bool IsLeft(string name) =>
        name.EndsWith(OfferedName.PartSuffix, StringComparison.OrdinalIgnoreCase) || name.EndsWith(OfferedName.WorkSuffix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Fails if a file cannot be opened.</summary>
    internal void CheckReadable(string path, FileStat stat)
    {
        try
        {
            if (stat.Length > 0)
                source.OpenRead(path).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SourceFile(path, stat).Unreadable(exception);
        }
    }

    private void AddFolder(string path, FileStat stat, string prefix, IReadOnlyList<string?> ancestors)
    {
        string[] names;
        try
        {
            names = [.. source.Names(path).Order(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Of what is named itself nothing would be left.
            if (ancestors.Count == 1)
                throw Bad(path, $"cannot be read: {Printable.Of(exception.Message)}", exception);
            Leave(options.Unreadable, path, $"cannot be read: {Printable.Of(exception.Message)}");
            return;
        }

        var before = items.Count;
        var seen = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var entry = EntryName(name);
            var place = source.Join(path, name);
            if (IsLeft(name))
                skipped.Add(new SkippedEntry(place, "It is the rest of a transfer."));

            // A drive at the beginning is one only there.
            else if (!IsFit(prefix.Length == 0 ? entry : "x/" + entry, out var reason))
                Leave(options.BadNames, place, $"has a name that receivers refuse: {reason}");
            else if (!seen.Add(entry))
                Leave(options.BadNames, place, $"would be called '{Printable.Of(entry)}' like something else beside it");
            else
                AddEntry(place, prefix + entry, ancestors);
        }

        // A folder that has something in it is made by that; the Go client takes every other entry for a file.
        if (items.Count == before && prefix.Length > 0)
            Add(new ZipItem(prefix[..^1], true, 0, stat.Mode, stat.Modified), null);
        else if (prefix.Length > 0)
            folders++;
    }

    private void AddEntry(string path, string name, IReadOnlyList<string?> ancestors)
    {
        try
        {
            if (source.Look(path, followLink: false) is not { } stat)
            {
                Leave(options.Unreadable, path, "cannot be found: it is gone, or its name is not valid Unicode");
                return;
            }

            var isLink = stat.Kind == FileKind.Link;
            if (isLink && options.Links != LinkPolicy.Follow)
                Leave(options.Links == LinkPolicy.Skip ? EntryPolicy.Skip : EntryPolicy.Fail, path, "is a symbolic link");
            else if (isLink && source.Look(path, followLink: true) is { } behind)
                AddKind(path, behind, name, ancestors);
            else if (isLink)
                Leave(options.Unreadable, path, "is a symbolic link that leads nowhere");
            else
                AddKind(path, stat, name, ancestors);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Leave(options.Unreadable, path, $"cannot be looked at: {Printable.Of(exception.Message)}", exception);
        }
    }

    private void AddKind(string path, FileStat stat, string name, IReadOnlyList<string?> ancestors)
    {
        if (stat.Kind == FileKind.Folder)
        {
            if (stat.Identity is { } identity && ancestors.Contains(identity))
                skipped.Add(new SkippedEntry(path, "It is a link to a folder that it is in."));
            else if (ancestors.Count > ZipEntryName.MaxDepth - 2)
                throw Bad(path, "is too deep in folders");
            else
                AddFolder(path, stat, name + "/", [.. ancestors, stat.Identity]);
        }
        else if (stat.Kind == FileKind.File)
        {
            try
            {
                CheckReadable(path, stat);
            }
            catch (TransferException exception) when (options.Unreadable == EntryPolicy.Skip)
            {
                skipped.Add(new SkippedEntry(path, exception.Message));
                return;
            }

            Add(new ZipItem(name, false, stat.Length, stat.Mode, stat.Modified), new SourceFile(path, stat));
        }
        else
        {
            Leave(options.Specials, path, "is a pipe, socket or device");
        }
    }

    private void Add(ZipItem item, SourceFile? file)
    {
        if (items.Count + folders >= mostEntries)
            throw new TransferException(TransferFault.BadSource, $"There are more than {mostEntries} files and folders.");
        if (item.Name.Length > ushort.MaxValue / 3 - 1)
            throw Bad(item.Name[..100] + "…", "is too deep in folders");
        items.Add(item);
        files.Add(file);
    }

    private void Leave(EntryPolicy policy, string path, string why, Exception? inner = null)
    {
        if (policy == EntryPolicy.Fail)
            throw Bad(path, why, inner);
        skipped.Add(new SkippedEntry(path, $"It {why}."));
    }

    internal static TransferException Bad(string path, string why, Exception? inner = null) =>
        new(TransferFault.BadSource, $"'{Printable.Of(path)}' {why}.", inner);
}
