using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace RxWormhole;

/// <summary>Read, open, hash and write.</summary>
internal sealed class ReceiveStages(
    Stream target, long length, IncrementalHash? hash, RecordInput input, ProgressMeter meter, CancellationToken ended) : IPumpStages
{
    private long left = length;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> FillAsync(PumpBuffer buffer)
    {
        if (left == 0)
            return false;
        left -= await input.FillAsync(buffer, left).ConfigureAwait(false);
        return true;
    }

    public void Turn(PumpBuffer buffer) => input.Open(buffer);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask EmptyAsync(PumpBuffer buffer)
    {
        var bytes = buffer.Filled;
        try
        {
            // The asynchronous calls of a file only move the same writing to another thread.
            if (target is FileStream file)
                file.Write(bytes.Span);
            else
                await target.WriteAsync(bytes, ended).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not WormholeException)
        {
            throw new TransitException(TransitFault.Stream, $"What came could not be written: {exception.Message}", exception);
        }

        // Behind the writing: the hash is that of what is there.
        hash?.AppendData(bytes.Span);
        meter.Add(bytes.Length);
        input.Emptied(buffer);
    }
}
