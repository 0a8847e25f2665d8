namespace RxWormhole.Testing;

/// <summary>Something in a file system in memory.</summary>
internal sealed class VirtualNode(FileKind kind, string identity)
{
    internal FileKind Kind => kind;

    internal byte[] Content { get; set; } = [];

    internal long Length { get; set; }

    internal string Target { get; set; } = "";

    internal UnixFileMode Mode { get; set; }

    internal DateTimeOffset Modified { get; set; }

    /// <summary>Whether somebody writes into it, so that nobody else may.</summary>
    internal bool IsTaken { get; set; }

    /// <summary>Whether it was written since it was brought to the disk.</summary>
    internal bool IsUnflushed { get; set; }

    /// <summary>Whether it belongs to another user.</summary>
    internal bool IsForeign { get; set; }

    internal FileStat Stat => new(kind, Length, Mode, Modified, identity) { IsOurs = !IsForeign };
}
