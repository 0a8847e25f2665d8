using RxWormhole.Protocol;

namespace RxWormhole.Server;

/// <summary>Collects what a request is answered.</summary>
/// <remarks>It counts like what waits to be sent to a WebSocket, until it is disposed.</remarks>
internal sealed class ListSink(MailboxHub hub) : IMailboxSink, IDisposable
{
    private readonly Lock gate = new();
    private readonly List<ServerMessage> messages = [];
    private long size;

    internal Ending? Ending { get; private set; }

    /// <summary>What came so far.</summary>
    internal IReadOnlyList<ServerMessage> Take()
    {
        lock (gate)
            return [.. messages];
    }

    public void Add(ServerMessage message)
    {
        lock (gate)
        {
            if (Ending is not null)
                return;
            var length = MessageSize.Of(message);
            size += length;
            if (!hub.TryQueue(length) && size > SocketSink.Small)
                Ending = Ending.NothingToSpare;
            else if (size > hub.Options.Limits.UnsentSize)
                Ending = Ending.TooMuchAtOnce;
            else
                messages.Add(message);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            hub.Sent(size);
            size = 0;
            // A listener that is told something late keeps nothing.
            Ending ??= Ending.Restart;
        }
    }

    // A request is sent its answer when it is whole, and Kestrel sees to it that it is read.
    public bool IsStuck(DateTimeOffset now) => false;

    public void Abort()
    {
    }

    public void Flush()
    {
    }

    public void End(Ending ending)
    {
        lock (gate)
            Ending ??= ending;
    }
}
