namespace RxWormhole.Cli;

/// <summary>Why a command did not do what it was told, and what to do about it.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Message">What happened: one sentence.</param>
/// <param name="Advice">What to do next: one sentence, or null where the message says so.</param>
internal sealed record Failure(ExitCode Kind, string Message, string? Advice = null);
