using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>Where a received folder goes at the end: to a name of its own or, if it stands for several things, each of them to its own.</summary>
internal sealed class Placement
{
    private readonly ReceiveOptions options;
    private readonly Destination? folder;

    // By the names as they are made safe; two that differ only in case cannot be placed side by side everywhere.
    private readonly SortedDictionary<string, Destination> things = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedSet<string> arrived = new(StringComparer.Ordinal);

    private Placement(Destination? folder, string name, ReceiveOptions options)
    {
        this.folder = folder;
        this.options = options;
        Name = name;
    }

    internal string Name { get; }

    /// <summary>Decides.</summary>
    /// <param name="name">The name of the folder.</param>
    /// <param name="several">The things that it stands for; none if it is a folder.</param>
    /// <param name="options">The policy.</param>
    /// <exception cref="TransferException">A place is taken and must not be, or a name cannot be used.</exception>
    internal static Placement Of(string name, IReadOnlyList<OfferedItem> several, ReceiveOptions options)
    {
        if (several.Count == 0)
        {
            var folder = Destination.Of(name, isFolder: true, options);
            return new Placement(folder, folder.Name, options);
        }

        // All of them or none: what was replaced could not be brought back.
        if (options.Existing == ExistingPolicy.Overwrite)
            options = options with { Existing = ExistingPolicy.Refuse };
        var placement = new Placement(null, name, options);
        foreach (var item in several)
            placement.Add(item);
        return placement;
    }

    /// <summary>Learns of a name on the first level; fails if it was not announced.</summary>
    internal void OnTop(string name, bool isFolder)
    {
        if (folder is not null)
            return;
        if (!things.TryGetValue(name, out var thing) || thing.Wanted != name || thing.IsFolder != isFolder)
            throw FolderTree.Bad($"'{Printable.Of(name)}' is in it and was not offered");
        arrived.Add(name);
    }

    /// <summary>Forgets what it learnt.</summary>
    internal void Forget() => arrived.Clear();

    /// <summary>Moves what was received to its place, all of it or nothing; says where that is.</summary>
    internal string Place(string tree)
    {
        if (folder is not null)
            return folder.Place(tree);
        if (things.Keys.FirstOrDefault(each => !arrived.Contains(each)) is { } missing)
            throw FolderTree.Bad($"'{Printable.Of(missing)}' was offered and is not in it");
        var placed = new Stack<(string From, string To)>();
        try
        {
            foreach (var thing in things.Values)
            {
                var from = options.Sink.Join(tree, thing.Wanted);
                placed.Push((from, thing.Place(from)));
            }
        }
        catch
        {
            // What cannot be taken back stays; that not all could be placed is what counts.
            while (placed.TryPop(out var moved))
                Landing.Try(() => options.Sink.Move(moved.To, moved.From, overwrite: false));
            throw;
        }

        Landing.Try(() => options.Sink.Delete(tree));
        return options.Folder;
    }

    private void Add(OfferedItem item)
    {
        if (!ZipEntryName.TryParse(item.Name, out var components, out var isFolder, out var reason))
            throw Unsafe(item.Name, reason);
        if (isFolder || components.Count > 1)
            throw Unsafe(item.Name, "it is more than one");
        var name = components[0];
        if (options.AllowHidden != true && name[0] == '.')
            throw Unsafe(name, "it begins with a dot");
        if (!things.TryAdd(name, Destination.Of(name, item.IsFolder, options)))
            throw Unsafe(name, "another one is called like that");
    }

    private static TransferException Unsafe(string name, string reason) =>
        new(TransferFault.UnsafeName, $"The name '{Printable.Of(name)}' cannot be used: {reason}.");
}
