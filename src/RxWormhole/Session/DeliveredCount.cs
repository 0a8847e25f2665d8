namespace RxWormhole;

/// <summary>Counts how many messages, from the first without gaps, were handed over: taken by at least one observer, and by all that were given them.</summary>
internal sealed class DeliveredCount(int start, Action<int> risen) : IDeliveryLog<WormholeMessage>
{
    private readonly SortedDictionary<int, (int Outstanding, bool IsTaken)> open = [];
    private int count = start;

    public void Given(WormholeMessage value) => Change(value, state => (state.Outstanding + 1, state.IsTaken));

    public void Returned(WormholeMessage value) => Change(value, state => (state.Outstanding - 1, true));

    public void Dropped(WormholeMessage value) => Change(value, state => (state.Outstanding - 1, state.IsTaken));

    private void Change(WormholeMessage message, Func<(int Outstanding, bool IsTaken), (int Outstanding, bool IsTaken)> change)
    {
        int before, after;
        lock (open)
        {
            // Somebody who came later reads it again; it is counted already.
            if (message.Index < count)
                return;
            before = count;
            open[message.Index] = change(open.GetValueOrDefault(message.Index));
            while (open.TryGetValue(count, out var next) && next is { Outstanding: 0, IsTaken: true })
                open.Remove(count++);
            after = count;
        }

        if (after > before)
            risen(after);
    }
}
