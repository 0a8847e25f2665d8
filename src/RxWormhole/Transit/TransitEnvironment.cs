using System.Reactive.Concurrency;

namespace RxWormhole;

/// <summary>What transit needs of the session it belongs to.</summary>
/// <param name="Options">How to connect.</param>
/// <param name="Clock">Where all time comes from.</param>
/// <param name="Entropy">Where all randomness comes from.</param>
/// <param name="Edge">Where what the application gets is delivered.</param>
/// <param name="Owner">The wormhole: whatever the application holds keeps it from being collected.</param>
/// <param name="Log">What the operator is told.</param>
internal sealed record TransitEnvironment(TransitOptions Options, IScheduler Clock, Entropy Entropy, Edge Edge, object Owner, TransitLog Log)
{
    internal ITransitConnector Connector => Options.Connector;
}
