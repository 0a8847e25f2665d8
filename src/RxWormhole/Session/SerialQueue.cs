namespace RxWormhole;

/// <summary>Where link, timers and application meet: steps run one at a time, in order, on the thread of whoever finds the queue idle.</summary>
/// <remarks>No lock is held while a step runs, and nothing a user wrote runs in one. A step runs to completion before the next begins.</remarks>
/// <param name="settle">Run behind each step, as a part of it.</param>
/// <param name="onFault">Told what a step threw.</param>
internal sealed class SerialQueue(Action settle, Action<Exception> onFault)
{
    private readonly Queue<Action> steps = new();
    private bool isDraining;

    internal void Post(Action step)
    {
        lock (steps)
        {
            steps.Enqueue(step);
            if (isDraining)
                return;
            isDraining = true;
        }

        while (TryTake(out var next))
        {
            try
            {
                next();
                settle();
            }
#pragma warning disable CA1031 // Whatever a step throws must end the session, not the thread of somebody who only handed in a frame.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                onFault(exception);
            }
        }
    }

    private bool TryTake(out Action next)
    {
        lock (steps)
        {
            isDraining = steps.TryDequeue(out next!);
            return isDraining;
        }
    }
}
