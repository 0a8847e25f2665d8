using RxWormhole.Protocol;

namespace RxWormhole.Server;

/// <summary>A connection whose request is known, while it waits for its other side and afterwards.</summary>
internal sealed class RelayClient(RelayEnd end, RelayRequest request, DateTimeOffset since)
{
    private readonly TaskCompletionSource<RelayPair?> paired = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal RelayEnd End => end;

    internal RelayRequest Request => request;

    internal DateTimeOffset Since => since;

    /// <summary>The pair it becomes part of, or null where another connection of its side was chosen, or the wait is over.</summary>
    internal Task<RelayPair?> Paired => paired.Task;

    internal void Pair(RelayPair? pair) => paired.TrySetResult(pair);
}
