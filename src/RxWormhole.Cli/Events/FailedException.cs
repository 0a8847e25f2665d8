namespace RxWormhole.Cli;

/// <summary>Ends a command with a failure that is known as such.</summary>
internal sealed class FailedException(Failure failure, Exception? inner = null) : Exception(failure.Message, inner)
{
    internal FailedException(ExitCode kind, string message, string? advice = null)
        : this(new Failure(kind, message, advice))
    {
    }

    internal Failure Failure { get; } = failure;
}
