using System.Diagnostics.Metrics;

namespace RxWormhole.Server;

/// <summary>What the server counts, as the meter <c>RxWormhole.Server</c>. No label comes from a client.</summary>
internal sealed class ServerInstruments
{
    internal const string MeterName = "RxWormhole.Server";

    private readonly Meter meter;
    private readonly Counter<long> received;
    private readonly Counter<long> stored;
    private readonly Counter<long> made;
    private readonly Counter<long> closed;
    private readonly Counter<long> pruned;
    private readonly Counter<long> refused;
    private readonly Counter<long> rejected;
    private readonly Counter<long> relayed;
    private readonly Counter<long> relays;
    private readonly UpDownCounter<long> connections;
    private readonly UpDownCounter<long> waiting;
    private readonly UpDownCounter<long> pairs;
    private readonly Histogram<double> latency;

    internal ServerInstruments(IMeterFactory factory)
    {
        meter = factory.Create(MeterName);
        connections = meter.CreateUpDownCounter<long>("rxwormhole.mailbox.connections", "{connection}", "Connections that are open.");
        received = meter.CreateCounter<long>("rxwormhole.mailbox.commands", "{command}", "Commands received.");
        stored = meter.CreateCounter<long>("rxwormhole.mailbox.messages", "{message}", "Messages stored.");
        made = meter.CreateCounter<long>("rxwormhole.mailbox.mailboxes", "{mailbox}", "Mailboxes made.");
        closed = meter.CreateCounter<long>("rxwormhole.mailbox.closed", "{side}", "Sides that closed a mailbox, by mood.");
        pruned = meter.CreateCounter<long>("rxwormhole.mailbox.pruned", "{mailbox}", "Mailboxes deleted because their time was over.");
        refused = meter.CreateCounter<long>("rxwormhole.mailbox.refused", "{command}", "Commands refused by the rules, by reason.");
        rejected = meter.CreateCounter<long>("rxwormhole.rejected", "{event}", "Clients that went beyond a limit, by limit.");
        latency = meter.CreateHistogram<double>("rxwormhole.mailbox.duration", "s", "From a command that is stored to its answer.");
        waiting = meter.CreateUpDownCounter<long>("rxwormhole.relay.waiting", "{connection}", "Relay connections that wait for their other side.");
        pairs = meter.CreateUpDownCounter<long>("rxwormhole.relay.pairs", "{pair}", "Pairs that are glued together.");
        relayed = meter.CreateCounter<long>("rxwormhole.relay.bytes", "By", "Bytes passed on.");
        relays = meter.CreateCounter<long>("rxwormhole.relay.ended", "{connection}", "Relay connections that ended, by mood.");
    }

    /// <summary>Tells what a server holds whenever somebody asks.</summary>
    internal void Observe(MailboxHub hub)
    {
        meter.CreateObservableGauge("rxwormhole.mailbox.live", () => hub.Store.Count, "{mailbox}", "Mailboxes there are.");
        meter.CreateObservableGauge("rxwormhole.mailbox.stored", () => hub.Store.Size, "{character}", "Characters of messages in them.");
        meter.CreateObservableGauge("rxwormhole.mailbox.unsent", () => hub.Unsent, "{character}", "Characters that wait to be sent to clients, or are coming in.");
    }

    internal bool MeasuresLatency => latency.Enabled;

    internal void Connected() => connections.Add(1);

    internal void Disconnected() => connections.Add(-1);

    internal void Received() => received.Add(1);

    internal void Stored() => stored.Add(1);

    internal void MailboxMade() => made.Add(1);

    internal void Pruned(int count) => pruned.Add(count);

    internal void Took(TimeSpan time) => latency.Record(time.TotalSeconds);

    internal void Closed(string? mood) => closed.Add(1, new KeyValuePair<string, object?>("mood", mood switch
    {
        "happy" or "lonely" or "scary" or "errory" or "unwelcome" => mood,
        null => "none",
        _ => "other",
    }));

    internal void Refused(string refusal) => refused.Add(1, new KeyValuePair<string, object?>("reason", refusal switch
    {
        "crowded" or "reclaimed" => refusal,
        _ when refusal.Contains("full", StringComparison.Ordinal) => "full",
        _ when refusal.Contains("too many", StringComparison.Ordinal) => "too many",
        _ => "other",
    }));

    internal void Rejected(string limit) => rejected.Add(1, new KeyValuePair<string, object?>("limit", limit));

    internal void RelayWaits(int change) => waiting.Add(change);

    internal void RelayPairs(int change) => pairs.Add(change);

    internal void Relayed(long bytes) => relayed.Add(bytes);

    internal void RelayEnded(string mood) => relays.Add(1, new KeyValuePair<string, object?>("mood", mood));
}
