using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace RxWormhole;

/// <summary>The stages side by side on the thread pool: as many workers as there are stages, each of which does whatever can be done next.</summary>
/// <remarks>
/// A worker goes on with the buffer it has, which is in its core's cache, while the next stage is free. So where there is one core to be had, one worker does everything,
/// and nobody has to be woken for each buffer. The queues are bounded by the number of buffers.
/// </remarks>
internal sealed class StagedPump
{
    private const int Fill = 0, Turn = 1, Empty = 2, StageCount = 3;

    private readonly IPumpStages stages;
    private readonly Action<Exception> failed;
    private readonly Lock gate = new();

    // What waits for each stage, and whether somebody is at it. Of the free buffers the one that came back last is taken: it is in somebody's cache.
    private readonly Stack<PumpBuffer> free;
    private readonly Queue<PumpBuffer>[] waiting;
    private readonly bool[] isBusy = new bool[StageCount];
    private readonly Stack<Signal> idle = new(StageCount);

    // Nothing is filled before a buffer that had to grow is back, so that there is one of them at a time.
    private PumpBuffer? large;
    private bool isDry;
    private bool isBroken;
    private Exception? first;

    internal StagedPump(IPumpStages stages, PumpBuffer[] buffers, Action<Exception> failed)
    {
        this.stages = stages;
        this.failed = failed;
        free = new(buffers);
        waiting = [new(), new(buffers.Length), new(buffers.Length)];
    }

    // Nothing more will be done: nobody is at anything, and nothing can be begun.
    private bool IsOver => !isBusy.AsSpan().Contains(true) && Ready(Fill) is null;

    internal async Task RunAsync()
    {
        // The others wait until there is more to do than one thing.
        await Task.WhenAll(WaitAsync(), WaitAsync(), WorkAsync(new Signal())).ConfigureAwait(false);
        if (first is not null)
            ExceptionDispatchInfo.Throw(first);
    }

    private async Task WaitAsync()
    {
        var signal = new Signal();
        lock (gate)
            idle.Push(signal);
        if (await signal.WaitAsync().ConfigureAwait(false))
            await WorkAsync(signal).ConfigureAwait(false);
    }

    private async Task WorkAsync(Signal signal)
    {
        var preferred = Fill;
        while (true)
        {
            if (!TryTake(signal, preferred, out var stage, out var buffer))
            {
                if (await signal.WaitAsync().ConfigureAwait(false))
                    continue;
                return;
            }

            Exception? exception = null;
            var more = true;
            try
            {
                switch (stage)
                {
                    case Fill:
                        more = await stages.FillAsync(buffer).ConfigureAwait(false);
                        break;
                    case Turn:
                        stages.Turn(buffer);
                        break;
                    default:
                        await stages.EmptyAsync(buffer).ConfigureAwait(false);
                        break;
                }
            }
#pragma warning disable CA1031 // Whatever it is, it is the pump's result.
            catch (Exception thrown)
#pragma warning restore CA1031
            {
                exception = thrown;
            }

            Finish(stage, buffer, more, exception);
            preferred = (stage + 1) % StageCount;
        }
    }

    private bool TryTake(Signal signal, int preferred, out int stage, [NotNullWhen(true)] out PumpBuffer? buffer)
    {
        lock (gate)
        {
            stage = Ready(preferred) ?? -1;
            if (stage < 0)
            {
                buffer = null;
                idle.Push(signal);
                if (IsOver)
                    WakeAll();
                return false;
            }

            isBusy[stage] = true;
            buffer = stage == Fill ? free.Pop() : waiting[stage].Dequeue();
            // Whoever is woken does the same, so that nobody sleeps while there is something to do.
            if (Ready(Fill) is not null && idle.TryPop(out var other))
                other.Set(true);
            return true;
        }
    }

    // The stage that can be worked at: the one preferred, or else the last one, so that buffers come free.
    private int? Ready(int preferred)
    {
        if (CanBegin(preferred))
            return preferred;
        for (var stage = Empty; stage >= Fill; stage--)
        {
            if (CanBegin(stage))
                return stage;
        }

        return null;
    }

    private bool CanBegin(int stage) =>
        !isBroken && !isBusy[stage] && (stage == Fill ? free.Count > 0 && !isDry && large is null : waiting[stage].Count > 0);

    private void Finish(int stage, PumpBuffer buffer, bool more, Exception? exception)
    {
        if (exception is not null && stage != Fill)
            failed(exception);
        lock (gate)
        {
            isBusy[stage] = false;
            first ??= exception;
            switch (stage)
            {
                case Fill when !more || exception is not null:
                    // What is on its way is still emptied: it is good, and whoever goes on later need not move it again.
                    isDry = true;
                    return;
                case Fill when buffer.IsLarge:
                    large = buffer;
                    break;
                case Empty when buffer == large:
                    large = null;
                    break;
            }

            isBroken |= exception is not null;
            if (stage == Empty)
                free.Push(buffer);
            else
                waiting[stage + 1].Enqueue(buffer);
        }
    }

    private void WakeAll()
    {
        while (idle.TryPop(out var other))
            other.Set(false);
    }
}
