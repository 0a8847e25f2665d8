namespace RxWormhole.Protocol;

/// <summary>What the rules make of a command.</summary>
/// <param name="After">What the store has to hold afterwards; null where it has to delete. The same as before where the command was refused.</param>
/// <param name="Refusal">The text of the server's <c>error</c>, or null where the command was carried out.</param>
public readonly record struct Ruling(Meeting After, string? Refusal);
