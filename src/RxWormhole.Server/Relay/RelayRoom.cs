using System.Collections.Concurrent;

namespace RxWormhole.Server;

/// <summary>Where relay connections wait for their other side.</summary>
internal sealed class RelayRoom
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, List<RelayClient>> waiting = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<RelayPair, bool> pairs = new();

    internal int Waiting
    {
        get
        {
            lock (gate)
                return waiting.Values.Sum(clients => clients.Count);
        }
    }

    internal int Pairs => pairs.Count;

    /// <summary>Finds the other side of a connection. Where there is none it waits.</summary>
    /// <param name="client">The connection.</param>
    /// <param name="now">The time.</param>
    /// <param name="redundant">The connections that waited in vain, because another one was chosen.</param>
    /// <returns>The pair, of which the other side has not been told yet; or null.</returns>
    internal RelayPair? Enter(RelayClient client, DateTimeOffset now, out IReadOnlyList<RelayClient> redundant)
    {
        redundant = [];
        lock (gate)
        {
            if (!waiting.TryGetValue(client.Request.Token, out var clients))
                waiting.Add(client.Request.Token, clients = []);
            // The newest one: the others may be connections that their client has given up.
            var other = clients.FindLast(each => each.Request.Matches(client.Request));
            if (other is null)
            {
                clients.Add(client);
                return null;
            }

            waiting.Remove(client.Request.Token);
            clients.Remove(other);
            redundant = clients;
            var pair = new RelayPair(other, client, now);
            pairs.TryAdd(pair, true);
            return pair;
        }
    }

    /// <summary>A connection does not wait any more.</summary>
    /// <returns>Whether it did until now.</returns>
    internal bool Leave(RelayClient client)
    {
        lock (gate)
        {
            if (!waiting.TryGetValue(client.Request.Token, out var clients) || !clients.Remove(client))
                return false;
            if (clients.Count == 0)
                waiting.Remove(client.Request.Token);
            return true;
        }
    }

    internal void End(RelayPair pair) => pairs.TryRemove(pair, out _);

    /// <summary>Those that have waited for longer. They still wait.</summary>
    internal IReadOnlyList<RelayClient> WaitingFor(TimeSpan time, DateTimeOffset now)
    {
        lock (gate)
            return [.. waiting.Values.SelectMany(clients => clients).Where(client => now - client.Since > time)];
    }

    /// <summary>Those that have passed nothing on for longer.</summary>
    internal IReadOnlyList<RelayPair> IdleFor(TimeSpan time, DateTimeOffset now) => [.. pairs.Keys.Where(pair => now - pair.Active > time)];
}
