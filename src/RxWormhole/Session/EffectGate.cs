using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;

namespace RxWormhole;

/// <summary>Holds effects back until the change they follow from is in the journal. Belongs to the session's queue.</summary>
/// <remarks>Change, checkpoint, wait, effect: what is let in behind a checkpoint waits for it, and nothing overtakes.</remarks>
/// <param name="journal">The application's journal.</param>
/// <param name="scheduler">Where it is called.</param>
/// <param name="post">Brings its answer back into the queue.</param>
/// <param name="failed">Told, in the queue, that it failed.</param>
internal sealed class EffectGate(
    Func<Checkpoint, IObservable<Unit>> journal, IScheduler scheduler, Action<Action> post, Action<Exception> failed) : IDisposable
{
    private readonly Queue<object> waiting = new();
    private readonly SerialDisposable beginning = new();
    private bool isWriting;
    private bool isOpen;

    /// <summary>Whether a checkpoint is being written.</summary>
    internal bool IsWriting => isWriting;

    /// <summary>Lets an effect happen, at once if nothing is before it.</summary>
    internal void Add(Action effect)
    {
        waiting.Enqueue(effect);
        Advance();
    }

    /// <summary>Lets nothing pass from here on before the checkpoint is written.</summary>
    internal void Add(Checkpoint checkpoint)
    {
        if (isOpen)
            return;
        waiting.Enqueue(checkpoint);
        Advance();
    }

    /// <summary>Forgets what waits, lets everything pass from here on, and writes nothing more.</summary>
    internal void Abandon()
    {
        waiting.Clear();
        Dispose();
    }

    /// <summary>Lets everything pass at once and writes nothing more.</summary>
    public void Dispose()
    {
        isOpen = true;
        beginning.Dispose();
        isWriting = false;
        while (waiting.TryDequeue(out var next))
            (next as Action)?.Invoke();
    }

    private void Advance()
    {
        while (!isWriting && waiting.TryDequeue(out var next))
        {
            if (next is Action effect)
                effect();
            // A checkpoint that no effect waits for is made needless by the one behind it.
            else if (!waiting.TryPeek(out var behind) || behind is not Checkpoint)
                Write((Checkpoint)next);
        }
    }

    private void Write(Checkpoint checkpoint)
    {
        isWriting = true;
        // A write that has begun goes on whatever comes: half a checkpoint would be worse than none.
        beginning.Disposable = scheduler.Schedule(() => Observable
            .Defer(() => journal(checkpoint) ?? throw new InvalidOperationException("The journal returned null."))
            .Subscribe(
                _ => { },
                error => post(() => failed(error)),
                () => post(Written)));
    }

    private void Written()
    {
        isWriting = false;
        Advance();
    }
}
