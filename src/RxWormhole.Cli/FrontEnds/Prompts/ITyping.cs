namespace RxWormhole.Cli;

/// <summary>What is behind a line that is typed: completion, and what cannot be changed.</summary>
internal interface ITyping
{
    /// <summary>Why the line must not become so; null where it may.</summary>
    string? WhyNot(LineEdit next);

    /// <summary>Completes the line.</summary>
    Task<Completion> CompleteAsync(LineEdit line, CancellationToken cancelled);
}

/// <summary>What completion came to.</summary>
/// <param name="Line">The line now.</param>
/// <param name="Told">What is said above it.</param>
internal sealed record Completion(LineEdit Line, params string[] Told);
