using System.Collections.Immutable;
using System.Net;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>What is dialled to reach the other side, in which order.</summary>
/// <param name="Direct">The other side's own addresses, all at once.</param>
/// <param name="Relays">Ways to relays, ours and the other side's, in groups: the one of the highest priority first.</param>
internal sealed record TransitPlan(ImmutableArray<DirectHint> Direct, ImmutableArray<ImmutableArray<TransitHint>> Relays)
{
    /// <summary>The most addresses of the other side that are dialled: it chooses them, and they need not be its own.</summary>
    internal const int MostDirect = 100;

    /// <summary>The most of them that are names and not addresses: looking up each may hold a thread for long.</summary>
    internal const int MostNames = 8;

    /// <summary>The most ways to relays that are dialled.</summary>
    internal const int MostRelays = 20;

    internal bool IsEmpty => Direct.IsEmpty && Relays.IsEmpty;

    internal static TransitPlan Of(TransitOptions options, TransitMessage theirs) => new(
        options.Paths == TransitPaths.Relay ? [] : Few(theirs.Hints.OfType<DirectHint>().DistinctBy(Key)),
        options.Paths == TransitPaths.Direct
            ? []
            : [.. options.Relays.Concat(theirs.Hints.OfType<RelayHint>())
                .SelectMany(relay => relay.Ways)
                .Where(way => way is DirectHint or WebSocketHint)
                .DistinctBy(Key)
                .Take(MostRelays)
                .GroupBy(Priority)
                .OrderByDescending(group => group.Key)
                .Select(group => group.ToImmutableArray())]);

    private static ImmutableArray<DirectHint> Few(IEnumerable<DirectHint> hints)
    {
        var names = 0;
        return [.. hints.Where(hint => IPAddress.TryParse(hint.Hostname, out _) || ++names <= MostNames).Take(MostDirect)];
    }

    /// <summary>A way for people, as it was given.</summary>
    internal static string Describe(TransitHint way) => Printable.Of(way switch
    {
        DirectHint direct when direct.Hostname.Contains(':', StringComparison.Ordinal) => $"[{direct.Hostname}]:{direct.Port}",
        DirectHint direct => $"{direct.Hostname}:{direct.Port}",
        WebSocketHint webSocket => webSocket.Url.AbsoluteUri,
        _ => way.GetType().Name,
    });

    // The same address is the same way, whatever its priority.
    private static string Key(TransitHint way) => Describe(way).ToUpperInvariant();

    private static double Priority(TransitHint way) => way switch
    {
        DirectHint direct => direct.Priority,
        WebSocketHint webSocket => webSocket.Priority,
        _ => 0,
    };
}
