using System.Buffers;

namespace RxWormhole.Server;

/// <summary>Carries one piece in a pooled buffer, between any two connections.</summary>
internal sealed class BufferCarrier(RelayEnd from, RelayEnd to) : RelayCarrier
{
    // Large enough to make system calls rare, small enough to stay in a cache.
    private const int Size = 128 << 10;

    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(Size);
    private int count = -1;

    internal override async ValueTask<int> TakeAsync(int most) =>
        count >= 0 ? -1 : count = await from.ReceiveAsync(buffer.AsMemory(0, Math.Min(most, Size))).ConfigureAwait(false);

    internal override ValueTask PassAsync() => to.SendAsync(buffer.AsMemory(0, count));

    public override void Dispose() => ArrayPool<byte>.Shared.Return(buffer);
}
