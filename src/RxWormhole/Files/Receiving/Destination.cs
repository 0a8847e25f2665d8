namespace RxWormhole;

/// <summary>The name that something gets at the end, by the policy for what is there already: decided at first, and kept to.</summary>
internal sealed class Destination
{
    private const int MostNumbers = 10_000;

    private readonly ReceiveOptions options;

    private Destination(ReceiveOptions options, string wanted, string name, bool isFolder)
    {
        this.options = options;
        Wanted = wanted;
        IsFolder = isFolder;
        Name = name;
    }

    /// <summary>The name that it had on the way.</summary>
    internal string Wanted { get; }

    /// <summary>Whether it is a folder.</summary>
    internal bool IsFolder { get; }

    /// <summary>The name, unless it is taken meanwhile.</summary>
    internal string Name { get; }

    private IFileSink Sink => options.Sink;

    /// <summary>Decides about a name.</summary>
    /// <exception cref="TransferException">There is something of that name, and the policy says no.</exception>
    internal static Destination Of(string name, bool isFolder, ReceiveOptions options)
    {
        var decided = new Destination(options, name, name, isFolder);
        if (options.Existing == ExistingPolicy.Rename)
            return new Destination(options, name, decided.Free(), isFolder);
        if (options.Sink.Look(decided.PathOf(name)) is { } there && !(options.Existing == ExistingPolicy.Overwrite && !isFolder && there.Kind == FileKind.File))
            throw Taken(name, null);
        return decided;
    }

    /// <summary>Gives something its name; says where it is.</summary>
    internal string Place(string from)
    {
        var name = Name;
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                Sink.Move(from, PathOf(name), overwrite: options.Existing == ExistingPolicy.Overwrite && !IsFolder);
                return PathOf(name);
            }
            catch (IOException exception) when (Sink.Look(PathOf(name)) is not null)
            {
                // Somebody was there first, meanwhile.
                if (options.Existing != ExistingPolicy.Rename || attempt == MostNumbers)
                    throw Taken(name, exception);
                name = Free();
            }
        }
    }

    private string Free()
    {
        for (var number = 0; number <= MostNumbers; number++)
        {
            var name = number == 0 ? Wanted : PartName.Numbered(Wanted, number, IsFolder);
            if (Sink.Look(PathOf(name)) is null)
                return name;
        }

        throw Taken(Wanted, null);
    }

    private string PathOf(string name) => Sink.Join(options.Folder, name);

    private static TransferException Taken(string name, Exception? inner) =>
        new(TransferFault.Exists, $"There is something called '{Printable.Of(name)}' already.", inner);
}
