using System.Buffers;
using System.Security.Cryptography;

namespace RxWormhole;

internal static class TransferHash
{
    private const int ChunkLength = 256 << 10;

    /// <summary>Reads a number of bytes into a hash.</summary>
    /// <exception cref="EndOfStreamException">There are fewer.</exception>
    internal static async ValueTask ReadAsync(Stream source, long length, IncrementalHash hash, CancellationToken cancelled)
    {
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkLength);
        try
        {
            for (var left = length; left > 0;)
            {
                var count = await source.ReadAsync(chunk.AsMemory(0, (int)Math.Min(left, ChunkLength)), cancelled).ConfigureAwait(false);
                if (count == 0)
                    throw new EndOfStreamException();
                hash.AppendData(chunk, 0, count);
                left -= count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }
}
