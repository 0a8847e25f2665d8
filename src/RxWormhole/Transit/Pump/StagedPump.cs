using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;

namespace RxWormhole;

/// <summary>The stages side by side on the thread pool. The queues between them are bounded by the number of buffers there are.</summary>
internal sealed class StagedPump(IPumpStages stages, PumpBuffer[] buffers, Action<Exception> failed)
{
    private readonly Channel<PumpBuffer> free = Queue();
    private readonly Channel<PumpBuffer> filled = Queue();
    private readonly Channel<PumpBuffer> turned = Queue();
    private readonly Stack<PumpBuffer> spare = new(buffers.Length);
    private Exception? first;

    internal async Task RunAsync()
    {
        foreach (var buffer in buffers)
            free.Writer.TryWrite(buffer);
        await Task.WhenAll(FillAsync(), TurnAsync(), EmptyAsync()).ConfigureAwait(false);
        if (first is not null)
            ExceptionDispatchInfo.Throw(first);
    }

    private static Channel<PumpBuffer> Queue() => Channel.CreateUnbounded<PumpBuffer>(new() { SingleReader = true, SingleWriter = true });

    private async Task FillAsync()
    {
        try
        {
            while (await NextAsync().ConfigureAwait(false) is { } buffer && await stages.FillAsync(buffer).ConfigureAwait(false))
            {
                filled.Writer.TryWrite(buffer);
                // Of buffers that had to grow there is one at a time.
                if (buffer.IsLarge)
                    await ComesBackAsync(buffer).ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // Whatever it is, it is the pump's result.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            // What is on its way is still emptied: it is good, and whoever goes on later need not move it again.
            Interlocked.CompareExchange(ref first, exception, null);
        }

        filled.Writer.TryComplete();
    }

    private async Task TurnAsync()
    {
        try
        {
            while (await filled.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                while (filled.Reader.TryRead(out var buffer))
                {
                    stages.Turn(buffer);
                    turned.Writer.TryWrite(buffer);
                }
            }
        }
#pragma warning disable CA1031 // Whatever it is, it is the pump's result.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(exception);
        }

        turned.Writer.TryComplete();
    }

    private async Task EmptyAsync()
    {
        try
        {
            while (await turned.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                while (turned.Reader.TryRead(out var buffer))
                {
                    await stages.EmptyAsync(buffer).ConfigureAwait(false);
                    free.Writer.TryWrite(buffer);
                }
            }
        }
#pragma warning disable CA1031 // Whatever it is, it is the pump's result.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(exception);
        }

        free.Writer.TryComplete();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<PumpBuffer?> NextAsync()
    {
        if (spare.TryPop(out var next) || free.Reader.TryRead(out next))
            return next;
        return await free.Reader.WaitToReadAsync().ConfigureAwait(false) && free.Reader.TryRead(out next) ? next : null;
    }

    private async ValueTask ComesBackAsync(PumpBuffer awaited)
    {
        while (await free.Reader.WaitToReadAsync().ConfigureAwait(false) && free.Reader.TryRead(out var buffer))
        {
            spare.Push(buffer);
            if (buffer == awaited)
                return;
        }
    }

    private void Fail(Exception exception)
    {
        Interlocked.CompareExchange(ref first, exception, null);
        failed(exception);
        // Whoever waits for a buffer waits no more.
        free.Writer.TryComplete();
    }
}
