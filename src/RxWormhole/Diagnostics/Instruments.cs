using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace RxWormhole;

/// <summary>What this library tells tracing and metrics, under the name <c>RxWormhole</c>. Never a code, a nameplate or a mailbox.</summary>
internal static class Instruments
{
    internal const string Name = "RxWormhole";

    internal static readonly ActivitySource Activities = new(Name);

    private static readonly Meter Meter = new(Name);

    internal static readonly Counter<long> Links = Meter.CreateCounter<long>("rxwormhole.links", "{link}", "Links to a rendezvous server that were greeted.");

    internal static readonly Counter<long> Redials = Meter.CreateCounter<long>("rxwormhole.redials", "{link}", "Attempts after a link was lost or could not be made.");

    internal static readonly Counter<long> Pairings = Meter.CreateCounter<long>("rxwormhole.pairings", "{session}", "Sessions whose key was confirmed.");

    internal static readonly Counter<long> Sessions = Meter.CreateCounter<long>("rxwormhole.sessions", "{session}", "Sessions that ended, by mood.");

    internal static readonly UpDownCounter<long> Open = Meter.CreateUpDownCounter<long>("rxwormhole.sessions.open", "{session}", "Sessions that began and did not end.");
}
