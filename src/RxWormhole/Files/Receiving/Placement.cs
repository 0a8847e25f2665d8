namespace RxWormhole;

/// <summary>Where a received folder goes at the end: to a name of its own or, if it stands for several things, each of them to its own.</summary>
internal sealed class Placement
{
    private readonly ReceiveOptions options;
    private readonly Destination? folder;
    private readonly List<Destination> things = [];

    private Placement(Destination? folder, string name, ReceiveOptions options)
    {
        this.folder = folder;
        this.options = options;
        Name = name;
    }

    internal string Name { get; }

    internal static Placement Of(string name, bool hasLayout, ReceiveOptions options)
    {
        if (hasLayout)
            return new Placement(null, name, options);
        var folder = Destination.Of(name, isFolder: true, options);
        return new Placement(folder, folder.Name, options);
    }

    /// <summary>Learns of a name on the first level; fails if its place is taken and must not be.</summary>
    internal void OnTop(string name, bool isFolder)
    {
        if (folder is not null)
            return;
        if (!options.AllowHidden && name[0] == '.')
            throw new TransferException(TransferFault.UnsafeName, $"The name '{Printable.Of(name)}' cannot be used: it begins with a dot.");
        things.Add(Destination.Of(name, isFolder, options));
    }

    /// <summary>Forgets what it learnt.</summary>
    internal void Forget() => things.Clear();

    /// <summary>Moves what was received to its place, all of it or nothing; says where that is.</summary>
    internal string Place(string tree)
    {
        if (folder is not null)
            return folder.Place(tree);
        var placed = new Stack<(string From, string To)>();
        try
        {
            foreach (var thing in things)
            {
                var from = options.Sink.Join(tree, thing.Wanted);
                placed.Push((from, thing.Place(from)));
            }
        }
        catch
        {
            while (placed.TryPop(out var moved))
                options.Sink.Move(moved.To, moved.From, overwrite: false);
            throw;
        }

        options.Sink.Delete(tree);
        return options.Folder;
    }
}
