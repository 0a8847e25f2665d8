using System.Security.Cryptography;

namespace RxWormhole;

/// <summary>A folder of anybody's: its zip file is taken in beside the target without a name, then unpacked.</summary>
internal sealed class ZippedFolderLanding : Landing
{
    private readonly Placement placement;
    private readonly LandingOffer offer;
    private readonly ReceiveOptions options;
    private readonly FolderTree tree;
    private Stream? zip;
    private Sink? target;

    internal ZippedFolderLanding(Placement placement, string name, LandingOffer offer, ReceiveOptions options, Entropy entropy)
        : base(placement.Name)
    {
        this.placement = placement;
        this.offer = offer;
        this.options = options;
        tree = new FolderTree(options.Folder, PartName.Make(name, PartName.Work, entropy), offer, options, placement.OnTop);
    }

    internal override Stream Target => target ??= Guard(() => new Sink(zip = options.Sink.CreateUnnamed(options.Folder), offer.Length!.Value));

    internal override ValueTask<long> FindAsync(IncrementalHash hash, CancellationToken cancelled) => new(0);

    internal override ValueTask RewindAsync() => ValueTask.CompletedTask;

    internal override async ValueTask<string?> CommitAsync(CancellationToken cancelled)
    {
        CheckComplete(Target);
        try
        {
            await new ZipUnpacking(zip!, tree, options).RunAsync(cancelled).ConfigureAwait(false);
            tree.Finish();
            var path = placement.Place(tree.Make());
            IsOver = true;
            Try(() => options.Sink.Flush(options.Folder, whole: false));
            await zip!.DisposeAsync().ConfigureAwait(false);
            return options.Sink.FullPath(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(exception);
        }
    }

    private protected override void GiveUp(bool keepPart)
    {
        try
        {
            zip?.Dispose();
        }
        finally
        {
            tree.Delete();
        }
    }

    private sealed class Sink(Stream zip, long length) : LandingStream(length)
    {
        protected override ValueTask WriteNextAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancelled) => zip.WriteAsync(bytes, CancellationToken.None);
    }
}
