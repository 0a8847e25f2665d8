using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>A received folder in the making: every entry is checked before anything of it is made, below a folder of its own beside the target.</summary>
/// <remarks>Nothing in it was there before, so nothing can be replaced, and no link leads out of it: none is ever made.</remarks>
internal sealed class FolderTree
{
    private const uint TypeMask = 0xF000;
    private const uint FileType = 0x8000;
    private const uint FolderType = 0x4000;
    private const uint PermissionMask = 0x1FF;

    private const UnixFileMode FolderMode = (UnixFileMode)0b111_111_111;
    private const UnixFileMode FileMode = (UnixFileMode)0b110_110_110;

    // All names are held until the folder is complete. Nobody's are that long on average.
    private const int MostNameLength = 64;
    private const int LeastNames = 1 << 16;

    private const int MostAlike = 100;

    private readonly string path;
    private readonly string inUpperCase;
    private readonly LandingOffer offer;
    private readonly ReceiveOptions options;
    private readonly IFileSink sink;
    private readonly Action<string, bool>? onTop;
    private readonly FolderNode root = new("", "", isFolder: true);
    private bool ignoresCase;
    private int entries;
    private long names;
    private long bytes;
    private bool isThere;

    /// <param name="parent">The folder to make it in.</param>
    /// <param name="name">Its name; nothing is there.</param>
    /// <param name="offer">What was announced.</param>
    /// <param name="options">The bounds.</param>
    /// <param name="onTop">Told of each name on the first level, and whether it is a folder; may refuse it.</param>
    internal FolderTree(string parent, string name, LandingOffer offer, ReceiveOptions options, Action<string, bool>? onTop)
    {
        this.offer = offer;
        this.options = options;
        this.onTop = onTop;
        sink = options.Sink;
        path = sink.Join(parent, name);
        inUpperCase = sink.Join(parent, name.ToUpperInvariant());
    }

    /// <summary>Makes the folder itself.</summary>
    internal string Make()
    {
        if (!isThere)
        {
            CreateFolder(path);
            isThere = true;
            ignoresCase = sink.Look(inUpperCase) is not null;
        }

        return path;
    }

    /// <summary>Checks an entry and makes the folders on the way; says where its file is to be made, or null if it is a folder and made.</summary>
    internal string? Add(ZipEntry entry)
    {
        Count();
        if (!ZipEntryName.TryParse(entry.Name, out var components, out var isFolder, out var reason))
            throw Bad($"'{Printable.Of(entry.Name)}' cannot be unpacked: {reason}");
        var type = entry.Mode & TypeMask;
        if (type != 0 && type != (isFolder ? FolderType : FileType))
            throw Bad($"'{Printable.Of(entry.Name)}' is a link or something else that is neither file nor folder");
        if (isFolder && entry.Length != 0)
            throw Bad($"the folder '{Printable.Of(entry.Name)}' has content");
        if (entry.Length > offer.Bytes - bytes)
            throw Bad($"it has more than the announced {offer.Bytes} bytes");
        bytes += entry.Length;

        // The file system says what is the same name to it. What we make of one never is, so that nothing is lost.
        var sent = (isFolder ? entry.Name[..^1] : entry.Name).Split('/').Where(part => part != ".").ToArray();
        var place = Make();
        var at = root;
        for (var i = 0; i < components.Count; i++)
        {
            var isLast = i == components.Count - 1;
            var (node, isNew) = See(at, sent[i], components[i], isFolder || !isLast, entry);
            at = node;
            place = sink.Join(place, at.Name);
            if (isNew && !isLast)
                Count();
            if (isNew && at.IsFolder)
                CreateFolder(place);
        }

        if ((entry.Mode & PermissionMask) != 0)
            at.Mode = (UnixFileMode)(entry.Mode & PermissionMask);
        return isFolder ? null : place;
    }

    /// <summary>Brings everything to the disk, and gives it the permissions it came with; what is inside before what it is in.</summary>
    internal void Finish()
    {
        Make();
        sink.Flush(path, whole: true);
        Finish(root, path, sink.ModeOfNew(options.Folder));
    }

    /// <summary>Fails if there is anything that was not added: it is not from the attempt that is gone on with.</summary>
    internal void CheckNothingElse()
    {
        if (sink.Look(path) is not null)
            CheckNothingElse(root, path);
    }

    // What the user lets others do in new folders is the most that a sender may ask for.
    private void Finish(FolderNode node, string place, UnixFileMode allowed)
    {
        foreach (var inside in node.Inside)
            Finish(inside, sink.Join(place, inside.Name), allowed);

        // Some file systems refuse; nothing is lost by that.
        Landing.Try(() => sink.SetMode(place, (node.Mode ?? (node.IsFolder ? FolderMode : FileMode)) & allowed));
    }

    private void CheckNothingElse(FolderNode folder, string place)
    {
        if (sink.Look(place) is not { Kind: FileKind.Folder, IsOurs: not false })
            throw Bad("something else was put into it");
        foreach (var name in sink.Names(place))
        {
            if (folder.Find(Key(name)) is not { } node)
                throw Bad($"'{Printable.Of(name)}' was put into it");
            if (node.IsFolder)
                CheckNothingElse(node, sink.Join(place, name));
        }
    }

    // What is there already is from an earlier attempt that is gone on with: nobody else knows the name.
    private void CreateFolder(string folder)
    {
        if (sink.Look(folder) is not { Kind: FileKind.Folder })
            sink.CreateFolder(folder);
    }

    /// <summary>Deletes all of it.</summary>
    internal void Delete()
    {
        if (isThere)
            sink.Delete(path);
    }

    internal static TransferException Bad(string why) => new(TransferFault.BadFolder, $"The received folder is not unpacked: {why}.");

    // Folders that are only on the way to something count as well: a name of some thousand bytes makes hundreds of them.
    private void Count()
    {
        if (++entries > options.MaxEntries)
            throw Bad($"it has more than {options.MaxEntries} files and folders");
    }

    // What is the same name here once it was made safe gets a number. Everything depends on the order only: who goes on finds the same names.
    private (FolderNode Node, bool IsNew) See(FolderNode folder, string sent, string name, bool isFolder, ZipEntry entry)
    {
        for (var number = 0; number <= MostAlike; number++)
        {
            var given = number == 0 ? name : PartName.Numbered(name, number, isFolder);
            if (folder.Find(Key(given)) is not { } there)
                return (Add(folder, new FolderNode(sent, given, isFolder)), true);
            if (there.Sent != sent)
                continue;
            if (!there.IsFolder || !isFolder)
                throw Bad($"'{Printable.Of(entry.Name)}' is in it twice");
            return (there, false);
        }

        throw Bad($"there are more than {MostAlike} names like '{Printable.Of(entry.Name)}' in it");
    }

    private FolderNode Add(FolderNode folder, FolderNode node)
    {
        names += node.Name.Length;
        if (names > Math.Max(LeastNames, MostNameLength * (long)options.MaxEntries))
            throw Bad("its names are too long");
        if (folder == root)
            onTop?.Invoke(node.Name, node.IsFolder);
        folder.Add(Key(node.Name), node);
        return node;
    }

    // In the spelling that file systems compare: how an accent is written never makes a difference on some.
    private string Key(string name) => ignoresCase ? Nfc.Normalize(name).ToUpperInvariant() : Nfc.Normalize(name);
}
