using RxWormhole.Protocol;

namespace RxWormhole.Server;

/// <summary>Collects what a request is answered.</summary>
internal sealed class ListSink(MailboxHub hub) : IMailboxSink
{
    private readonly Lock gate = new();
    private readonly List<ServerMessage> messages = [];

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
            messages.Add(message);
            if (messages.Count > hub.Options.Limits.MessagesPerMailbox + hub.Options.Limits.MessageBurst)
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
