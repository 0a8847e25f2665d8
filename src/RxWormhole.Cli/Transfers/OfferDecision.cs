namespace RxWormhole.Cli;

/// <summary>What becomes of an offer.</summary>
/// <param name="IsAccepted">Whether it is accepted.</param>
/// <param name="Policy">What becomes of what is there.</param>
/// <param name="Failure">Why it is not accepted; null where that is no failure.</param>
internal sealed record OfferDecision(bool IsAccepted, ExistingPolicy Policy, Failure? Failure = null);
