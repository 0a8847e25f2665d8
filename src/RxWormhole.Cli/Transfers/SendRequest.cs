using System.Collections.Immutable;

namespace RxWormhole.Cli;

/// <summary>What is to be sent.</summary>
/// <param name="What">Paths; <c>-</c> is standard input.</param>
/// <param name="Text">The text instead; <c>-</c> is standard input; null for none.</param>
internal sealed record SendRequest(ImmutableArray<string> What, string? Text);
