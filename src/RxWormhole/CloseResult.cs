using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>How closing went.</summary>
/// <param name="Mood">The mood the session ended with.</param>
/// <param name="Acknowledged">Whether the server confirmed that nothing of the session is left there. False where no link could be had in time;
/// then the server forgets nameplate and mailbox by itself after some minutes.</param>
public readonly record struct CloseResult(Mood Mood, bool Acknowledged);
