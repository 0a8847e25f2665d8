using RxWormhole.Protocol;

namespace RxWormhole.Server;

/// <summary>Collects what a request is answered. It counts as waiting to be sent until it is disposed of.</summary>
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
            var length = SocketSink.Length(message);
            size += length;
            if (!hub.TryQueue(length))
                Ending = Ending.NothingToSpare;
            else if (size > hub.Options.Limits.UnsentSize)
                Ending = Ending.ReadsTooSlowly;
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
            Ending ??= Ending.ReadsTooSlowly;
        }
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
