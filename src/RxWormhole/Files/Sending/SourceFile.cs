namespace RxWormhole;

/// <summary>A file as it was looked at, which it has to be still when it is sent.</summary>
internal sealed record SourceFile(string Path, FileStat Stat)
{
    internal bool IsStill(FileStat? now) =>
        now is { Kind: FileKind.File } && now.Length == Stat.Length && now.Modified == Stat.Modified && now.Identity == Stat.Identity;

    internal TransferException Changed() =>
        new(TransferFault.SourceChanged, $"'{Printable.Of(Path)}' was changed while it was sent.");

    internal TransferException Unreadable(Exception inner) =>
        new(TransferFault.BadSource, $"'{Printable.Of(Path)}' cannot be read: {Printable.Of(inner.Message)}", inner);
}
