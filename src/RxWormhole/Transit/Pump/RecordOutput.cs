using System.Buffers;
using System.Runtime.CompilerServices;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>The direction out of a link: seals records and writes them.</summary>
internal sealed class RecordOutput(ITransitConnection connection, RecordSealer sealer) : IDisposable
{
    /// <summary>What a record of ours holds at most where it is for us to choose.</summary>
    internal const int RecordBytes = 256 << 10;

    // On a slow link a whole record may take longer than a silence.
    private const int PieceBytes = 128 << 10;

    private PumpBuffer[]? buffers;
    private long moved;
    private bool isWaiting;

    /// <summary>Changes whenever the connection took something, and as long as nothing waits for it: what is slow then is here, and no silence of the other side.</summary>
    internal long Moved => Volatile.Read(ref isWaiting) ? Volatile.Read(ref moved) : Interlocked.Increment(ref moved);

    /// <summary>The buffers of this direction, made when they are first needed.</summary>
    internal PumpBuffer[] Buffers(PumpMode mode) =>
        buffers is { } there && (mode == PumpMode.Inline || there.Length > 1) ? there : buffers = PumpBuffer.Few(mode == PumpMode.Inline ? 1 : 6);

    internal void Seal(Span<byte> record) => sealer.Seal(record);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    internal async ValueTask WriteAsync(ReadOnlyMemory<byte> record)
    {
        Volatile.Write(ref isWaiting, true);
        try
        {
            for (var left = record; !left.IsEmpty; left = left[Math.Min(left.Length, PieceBytes)..])
            {
                await connection.WriteAsync(left[..Math.Min(left.Length, PieceBytes)]).ConfigureAwait(false);
                Interlocked.Add(ref moved, 1);
            }
        }
        catch (Exception exception) when (exception is not WormholeException)
        {
            throw new TransitException(TransitFault.Lost, "The connection to the other side was lost while something was sent.", exception);
        }

        Volatile.Write(ref isWaiting, false);
    }

    /// <summary>Sends one record.</summary>
    internal async ValueTask SendAsync(ReadOnlySequence<byte> plaintext)
    {
        var length = checked((int)plaintext.Length);
        var record = length <= RecordBytes ? Buffers(PumpMode.Inline)[0].Bytes : new byte[RecordSealer.Overhead + length];
        plaintext.CopyTo(record.AsSpan(RecordSealer.Overhead));
        var whole = record.AsMemory(0, RecordSealer.Overhead + length);
        Seal(whole.Span);
        await WriteAsync(whole).ConfigureAwait(false);
    }

    /// <summary>Wipes the key and gives the buffers back, when nothing runs any more.</summary>
    public void Dispose()
    {
        sealer.Dispose();
        foreach (var buffer in buffers ?? [])
            buffer.Return();
    }
}
