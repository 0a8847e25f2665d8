using System.Reactive.Concurrency;
using System.Security.Cryptography;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>Read and hash, seal, write, as <see cref="SendStages"/>, up to the end of the source, which is announced; and a sign of life while it lets us wait.</summary>
/// <remarks>What is read goes through a buffer of its own, because a reading that lasts must not hold one that the sign of life needs.</remarks>
internal sealed class OpenEndedSendStages(
    Stream source, IncrementalHash? hash, RecordOutput output, ProgressMeter meter, IScheduler clock, CancellationToken ended) : IPumpStages
{
    private const int Most = RecordOutput.RecordBytes - OpenEndedRecords.Padding;

    private readonly byte[] chunk = new byte[Most];
    private Task<int>? reading;
    private bool hasEnded;
    private bool isOver;

    public async ValueTask<bool> FillAsync(PumpBuffer buffer)
    {
        if (isOver)
            return false;
        int filled;
        try
        {
            filled = await ReadAsync(buffer.Bytes.AsMemory(RecordSealer.Overhead, Most)).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not WormholeException)
        {
            throw new TransitException(TransitFault.Stream, $"What was to be sent could not be read: {exception.Message}", exception);
        }

        var holds = buffer.Bytes.AsSpan(RecordSealer.Overhead, filled);
        hash?.AppendData(holds);
        isOver = hasEnded && filled == 0;
        buffer.Length = RecordSealer.Overhead + filled + (isOver ? 0 : OpenEndedRecords.Padding);
        buffer.Filled.Span[(RecordSealer.Overhead + filled)..].Clear();
        return true;
    }

    public void Turn(PumpBuffer buffer) => output.Seal(buffer.Filled.Span);

    public async ValueTask EmptyAsync(PumpBuffer buffer)
    {
        await output.WriteAsync(buffer.Filled).ConfigureAwait(false);
        meter.Add(Math.Max(0, buffer.Length - RecordSealer.Overhead - OpenEndedRecords.Padding));
    }

    // What has come goes out, instead of waiting for a whole record.
    private async ValueTask<int> ReadAsync(Memory<byte> room)
    {
        var filled = 0;
        while (filled < room.Length && !hasEnded)
        {
            reading ??= source.ReadAsync(chunk.AsMemory(0, room.Length - filled), ended).AsTask();
            if (!reading.IsCompleted && (filled > 0 || !await ComesAsync(reading).ConfigureAwait(false)))
                break;
            var count = await reading.ConfigureAwait(false);
            reading = null;
            if (count < 0 || count > room.Length - filled)
                throw new IOException("The stream says that it has read more than there was room for.");
            hasEnded = count == 0;
            chunk.AsSpan(0, count).CopyTo(room.Span[filled..]);
            filled += count;
        }

        return filled;
    }

    private async ValueTask<bool> ComesAsync(Task<int> awaited)
    {
        var enough = new TaskCompletionSource();
        using var timer = clock.Schedule(OpenEndedRecords.Pause, () => enough.TrySetResult());
        using var ending = ended.UnsafeRegister(_ => enough.TrySetCanceled(ended), null);
        var first = await Task.WhenAny(awaited, enough.Task).ConfigureAwait(false);
        ended.ThrowIfCancellationRequested();
        return first == awaited;
    }
}
