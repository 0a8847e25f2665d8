using RxWormhole.Protocol;

namespace RxWormhole.Cli;

/// <summary>Finds out that the other side gave up.</summary>
internal static class PeerError
{
    /// <summary>What a message says about it; null where it says something else.</summary>
    /// <param name="message">The message, untrusted.</param>
    internal static FailedException? Of(ReadOnlySpan<byte> message) =>
        TransferCodec.TryRead(message, out var said, out _) && said.OfType<TransferMessage.Error>().FirstOrDefault() is { } error
            ? new FailedException(ExitCode.Rejected, $"The other side ended the transfer: {error.Text}", "Ask the other side, and try again with a new code.")
            : null;
}
