using System.Security.Cryptography;

namespace RxWormhole;

/// <summary>A file beside its target that takes the bytes of the wire, and may stay there for another time.</summary>
/// <param name="name">The safe name that was offered: what is left of another time is found by it.</param>
/// <param name="length">The bytes of the wire.</param>
/// <param name="canStay">Whether it is of use for another time.</param>
/// <param name="options">Where it is.</param>
/// <param name="entropy">Tells it from others of its name.</param>
internal sealed class PartFile(string name, long length, bool canStay, ReceiveOptions options, Entropy entropy)
{
    // Somebody who leaves thousands of them behind does not make us look at each.
    private const int MostCandidates = 100;

    private const UnixFileMode FileMode = (UnixFileMode)0b110_110_110;

    private readonly IFileSink sink = options.Sink;
    private Stream? stream;
    private string? path;

    internal Stream Stream => stream ??= Make();

    /// <summary>The bytes that an earlier attempt may have left; nothing is opened.</summary>
    internal long Left() => canStay ? Candidates().Select(candidate => candidate.Length).FirstOrDefault() : 0;

    /// <summary>Takes the longest that an earlier attempt left and that nobody else has, and feeds it into the hash.</summary>
    internal async ValueTask<long> FindAsync(IncrementalHash hash, CancellationToken cancelled)
    {
        if (stream is null && canStay)
            Take();
        if (stream is null)
            return 0;

        var found = stream.Length;
        try
        {
            stream.Position = 0;
            await TransferHash.ReadAsync(stream, found, hash, cancelled).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // A disk that lost it: from the beginning, then.
            hash.GetHashAndReset();
            Forget();
            return 0;
        }

        return found;
    }

    /// <summary>Begins again, with another file.</summary>
    internal void Forget()
    {
        if (stream is null)
            return;
        stream.Dispose();
        stream = null;
        sink.Delete(path!);
    }

    /// <summary>Brings everything to the disk and closes it; says where it is.</summary>
    internal async ValueTask<string> CloseAsync(CancellationToken cancelled)
    {
        await Stream.FlushAsync(cancelled).ConfigureAwait(false);
        await Stream.DisposeAsync().ConfigureAwait(false);

        // Some file systems refuse; it is as readable as it is, then.
        Landing.Try(() => sink.SetMode(path!, sink.ModeOfNew(options.Folder) & FileMode));
        return path!;
    }

    /// <summary>Closes it, and deletes it if it is of no use.</summary>
    internal void Abandon(bool keep)
    {
        if (stream is null)
            return;
        var isWorth = false;
        try
        {
            isWorth = keep && canStay && stream.Length > 0;
            stream.Dispose();
        }
        finally
        {
            if (!isWorth)
                sink.Delete(path!);
        }
    }

    private Stream Make()
    {
        path = sink.Join(options.Folder, PartName.Make(name, canStay ? PartName.Part : PartName.Work, entropy));
        return sink.Create(path);
    }

    private void Take()
    {
        foreach (var candidate in Candidates())
        {
            try
            {
                stream = sink.OpenExisting(candidate.Path);
                path = candidate.Path;
                if (stream.Length <= length)
                    return;
                stream.Dispose();
                stream = null;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Another transfer has it.
            }
        }
    }

    private IReadOnlyList<(string Path, long Length)> Candidates() =>
    [
        .. sink.Names(options.Folder)
            .Where(each => PartName.IsOf(each, name, PartName.Part))
            .Order(StringComparer.Ordinal)
            .Take(MostCandidates)
            .Select(each => sink.Join(options.Folder, each))
            .Select(each => (Path: each, Stat: sink.Look(each)))
            .Where(each => each.Stat is { Kind: FileKind.File } stat && PartName.IsTrusted(stat) && stat.Length > 0 && stat.Length <= length)
            .Select(each => (each.Path, each.Stat!.Length))
            .OrderByDescending(each => each.Length),
    ];
}
