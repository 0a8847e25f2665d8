namespace RxWormhole;

/// <summary>Something that happened to a link. The hierarchy is closed.</summary>
internal abstract record LinkEvent
{
    private LinkEvent()
    {
    }

    /// <summary>A frame came.</summary>
    internal sealed record Frame(ReadOnlyMemory<byte> Bytes) : LinkEvent;

    /// <summary>Nothing came for a while; a ping would show whether the server is still there.</summary>
    internal sealed record Silence : LinkEvent;

    /// <summary>The link is gone: it could not be made, was lost, or was hung up.</summary>
    internal sealed record Gone(Exception? Reason) : LinkEvent;
}
