using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>How a session came out.</summary>
/// <param name="Mood">The mood.</param>
/// <param name="Error">What went wrong; null where the session was closed without a failure.</param>
public sealed record WormholeOutcome(Mood Mood, WormholeException? Error);
