using System.Reactive.Concurrency;

namespace RxWormhole;

/// <summary>The edge between a session and the application: where its code runs, and what becomes of what it throws.</summary>
/// <param name="scheduler">Where the application's code runs.</param>
/// <param name="faulted">Gets what it threw.</param>
internal sealed class Edge(IScheduler scheduler, Action<Exception> faulted)
{
    internal IScheduler Scheduler => scheduler;

    /// <summary>Runs code of the application; false where it threw.</summary>
    internal bool Hand(Action code)
    {
        try
        {
            code();
            return true;
        }
#pragma warning disable CA1031 // What one observer throws reaches no other observer, no link and no tidying up.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            faulted(exception);
            return false;
        }
    }
}
