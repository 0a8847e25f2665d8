using System.Collections.Concurrent;

namespace RxWormhole.Server;

/// <summary>The connections that are open, to be told when the server stops.</summary>
internal sealed class OpenConnections
{
    private readonly ConcurrentDictionary<MailboxConnection, bool> open = new();

    internal void Add(MailboxConnection connection) => open.TryAdd(connection, true);

    internal void Remove(MailboxConnection connection) => open.TryRemove(connection, out _);

    internal bool IsEmpty => open.IsEmpty;

    internal void EndStuck(DateTimeOffset now)
    {
        foreach (var (connection, _) in open)
            connection.EndIfStuck(now);
    }

    internal void EndAll(Ending ending)
    {
        foreach (var (connection, _) in open)
        {
            connection.Sink.End(ending);
            connection.Sink.Flush();
        }
    }
}
