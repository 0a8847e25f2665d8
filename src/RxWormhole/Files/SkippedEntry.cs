namespace RxWormhole;

/// <summary>Something that is not sent.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Reason">Why it is left out, for people.</param>
public sealed record SkippedEntry(string Path, string Reason);
