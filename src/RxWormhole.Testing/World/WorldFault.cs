namespace RxWormhole.Testing;

/// <summary>One thing that goes wrong in a <see cref="VirtualWorld"/>. Immutable.</summary>
/// <param name="Kind">What.</param>
/// <param name="Victim">The name of the process it happens to; empty where it happens to all, or to the server or the relay.</param>
/// <param name="AfterFrame">After how many frames, counted in the whole world as they arrive; 0 for before any process has started.</param>
/// <param name="Lasts">How long it lasts, or how long something takes, as <see cref="WorldFaultKind"/> says for each; not looked at where that says nothing.</param>
/// <param name="Amount">After how many bytes a bulk connection breaks, or how many bytes a second a link takes; not looked at elsewhere.</param>
public sealed record WorldFault(WorldFaultKind Kind, string Victim, int AfterFrame, TimeSpan Lasts = default, int Amount = 0)
{
    /// <summary>The fault as a few words.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Kind}{(Victim is { Length: > 0 } ? $" of {Victim}" : "")} after frame {AfterFrame}{(Lasts != TimeSpan.Zero ? $", {Lasts.TotalSeconds:0.###} s" : "")}{(Amount > 0 ? $", {Amount} bytes" : "")}");
}
