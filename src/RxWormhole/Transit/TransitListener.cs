using System.Collections.Immutable;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>A listening port.</summary>
/// <param name="Hints">The addresses it can be reached at, for the other side to try; none where there is no network.</param>
/// <param name="Connections">What is accepted. Hot; connections that come before the first subscription wait. Each is its subscriber's.</param>
public sealed record TransitListener(ImmutableArray<DirectHint> Hints, IObservable<ITransitConnection> Connections);
