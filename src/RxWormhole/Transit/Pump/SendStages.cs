using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>Read and hash, seal, write.</summary>
internal sealed class SendStages(
    Stream source, long length, IncrementalHash? hash, RecordOutput output, ProgressMeter meter, CancellationToken ended) : IPumpStages
{
    private long left = length;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> FillAsync(PumpBuffer buffer)
    {
        if (left == 0)
            return false;
        var room = buffer.Bytes.AsMemory(RecordSealer.Overhead, (int)Math.Min(left, RecordOutput.RecordBytes));
        var filled = 0;
        try
        {
            while (filled < room.Length)
            {
                var reading = ReadAsync(room[filled..]);
                // A stream that lets us wait is slow: what has come goes out, instead of waiting for a whole record.
                var isLate = !reading.IsCompleted;
                var count = await reading.ConfigureAwait(false);
                if (count <= 0 || count > room.Length - filled)
                    throw new TransitException(TransitFault.Stream, $"What was to be sent ended {left - filled} bytes too early.");
                filled += count;
                if (isLate)
                    break;
            }
        }
        catch (Exception exception) when (exception is not WormholeException)
        {
            throw new TransitException(TransitFault.Stream, $"What was to be sent could not be read: {exception.Message}", exception);
        }

        hash?.AppendData(room.Span[..filled]);
        buffer.Length = RecordSealer.Overhead + filled;
        left -= filled;
        return true;
    }

    public void Turn(PumpBuffer buffer) => output.Seal(buffer.Filled.Span);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask EmptyAsync(PumpBuffer buffer)
    {
        await output.WriteAsync(buffer.Filled).ConfigureAwait(false);
        meter.Add(buffer.Length - RecordSealer.Overhead);
    }

    // The asynchronous calls of a file only move the same reading to another thread.
    private ValueTask<int> ReadAsync(Memory<byte> room) => source is FileStream file ? new(file.Read(room.Span)) : source.ReadAsync(room, ended);
}
