using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using Microsoft.Extensions.Hosting;

namespace RxWormhole.Server;

/// <summary>Runs a mailbox server's pruning with the host, and sends its clients away before the host stops.</summary>
internal sealed class MailboxService(MailboxHub hub) : IHostedLifecycleService
{
    private readonly MailboxPruner pruner = new(hub);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        pruner.Start();
        return Task.CompletedTask;
    }

    // Before Kestrel stops, which would end the connections without a word.
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        hub.Door.Close();
        ServerLog.Draining(hub.Logger, hub.Connections);
        hub.Open.EndAll(Ending.Restart);
        return Observable.Interval(TimeSpan.FromMilliseconds(20), hub.Scheduler)
            .StartWith(0)
            .TakeWhile(_ => !hub.Open.IsEmpty)
            .TakeUntil(Observable.Timer(hub.Options.DrainTime, hub.Scheduler))
            .LastOrDefaultAsync()
            .ToTask(cancellationToken)
            // A host that is out of patience stops; that is no fault.
            .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        pruner.Dispose();
        hub.Door.Dispose();
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
