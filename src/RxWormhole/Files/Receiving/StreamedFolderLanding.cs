using System.Security.Cryptography;

namespace RxWormhole;

/// <summary>A folder of a peer of ours: unpacked beside its target as it arrives, then named.</summary>
/// <remarks>If it may be gone on with, <c>NAME.….rxwormhole-part</c> is a folder of two: what is unpacked, and a journal of everything else that arrived.</remarks>
internal sealed class StreamedFolderLanding : Landing
{
    private const string TreeName = "tree";
    private const string JournalName = "journal";
    private const int MostCandidates = 100;

    private readonly Placement placement;
    private readonly string name;
    private readonly LandingOffer offer;
    private readonly ReceiveOptions options;
    private readonly Entropy entropy;
    private readonly IFileSink sink;
    private FolderTree? tree;
    private FolderArrival? arrival;
    private string? part;

    internal StreamedFolderLanding(Placement placement, string name, LandingOffer offer, ReceiveOptions options, Entropy entropy)
        : base(placement.Name)
    {
        this.placement = placement;
        this.name = name;
        this.offer = offer;
        this.options = options;
        this.entropy = entropy;
        sink = options.Sink;
    }

    internal override Stream Target => arrival ??= Guard(Begin);

    private bool CanStay => offer.CanResume && options.Resume;

    internal override async ValueTask<long> FindAsync(IncrementalHash hash, CancellationToken cancelled)
    {
        if (!CanStay)
            return 0;
        try
        {
            if ((arrival is null ? Take() : Reopen(arrival)) is not { } journal)
                return 0;
            arrival = Over(journal);
            try
            {
                return await arrival.ReplayAsync(hash, cancelled).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or TransferException { Fault: TransferFault.BadFolder })
            {
                // As after a crash of the machine, which writes what it likes first. From the beginning, then.
                hash.GetHashAndReset();
                Guard(Forget);
                return 0;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(exception);
        }
    }

    internal override ValueTask RewindAsync()
    {
        Guard(Forget);
        return ValueTask.CompletedTask;
    }

    internal override ValueTask<string?> CommitAsync(CancellationToken cancelled)
    {
        CheckComplete(Target);
        if (!arrival!.IsComplete)
            throw FolderTree.Bad("it is damaged at its end");
        return new(Guard(() =>
        {
            arrival.Dispose();
            tree!.Finish();
            var path = placement.Place(tree.Make());
            IsOver = true;
            Try(() => sink.Flush(options.Folder, whole: false));
            if (part is not null)
                Try(() => sink.Delete(part));
            return sink.FullPath(path);
        }));
    }

    private protected override void GiveUp(bool keepPart)
    {
        if (keepPart && CanStay && arrival is { Position: > 0, IsBroken: false })
            arrival.Dispose();
        else
            Forget();
    }

    private FolderArrival Begin()
    {
        if (!CanStay)
        {
            tree = new FolderTree(options.Folder, PartName.Make(name, PartName.Work, entropy), offer, options, placement.OnTop);
            return new FolderArrival(tree, null, sink, offer.Length!.Value);
        }

        part = sink.Join(options.Folder, PartName.Make(name, PartName.Part, entropy));
        sink.CreateFolder(part);
        return Over(sink.Create(sink.Join(part, JournalName)));
    }

    private FolderArrival Over(Stream journal)
    {
        tree = new FolderTree(part!, TreeName, offer, options, placement.OnTop);
        return new FolderArrival(tree, journal, sink, offer.Length!.Value);
    }

    // The link was lost, and the transfer goes on over another.
    private Stream Reopen(FolderArrival before)
    {
        before.Dispose();
        placement.Forget();
        return sink.OpenExisting(sink.Join(part!, JournalName));
    }

    /// <summary>The bytes that an earlier attempt may have left; nothing is opened.</summary>
    internal long Left() => CanStay && Candidates().FirstOrDefault() is { } candidate ? LengthOf(candidate) : 0;

    private long LengthOf(string path) => sink.Look(path) switch
    {
        { Kind: FileKind.Folder } => sink.Names(path).Sum(each => LengthOf(sink.Join(path, each))),
        { Kind: FileKind.File } stat => stat.Length,
        _ => 0,
    };

    // The parts that earlier attempts left; the one with most entries first.
    private IEnumerable<string> Candidates() =>
        sink.Names(options.Folder)
            .Where(each => PartName.IsOf(each, name, PartName.Part))
            .Order(StringComparer.Ordinal)
            .Take(MostCandidates)
            .Select(each => sink.Join(options.Folder, each))
            .Where(each => sink.Look(each) is { Kind: FileKind.Folder } stat && PartName.IsTrusted(stat))
            .Select(each => (Path: each, Journal: sink.Look(sink.Join(each, JournalName))))
            .Where(each => each.Journal is { Kind: FileKind.File } stat && PartName.IsTrusted(stat))
            .OrderByDescending(each => each.Journal!.Length)
            .Select(each => each.Path);

    // The journal of one that nobody else goes on with.
    private Stream? Take()
    {
        foreach (var path in Candidates())
        {
            try
            {
                var journal = sink.OpenExisting(sink.Join(path, JournalName));
                part = path;
                return journal;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Another transfer has it.
            }
        }

        return null;
    }

    private bool Forget()
    {
        try
        {
            arrival?.Dispose();
        }
        finally
        {
            if (part is not null)
                sink.Delete(part);
            else
                tree?.Delete();
            placement.Forget();
            (arrival, tree, part) = (null, null, null);
        }

        return true;
    }
}
