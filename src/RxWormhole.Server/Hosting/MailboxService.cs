using System.Reactive.Disposables;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using Microsoft.Extensions.Hosting;

namespace RxWormhole.Server;

/// <summary>Runs a mailbox server's pruning with the host, and sends its clients away before the host stops.</summary>
internal sealed class MailboxService(MailboxHub hub, IHostApplicationLifetime lifetime) : IHostedLifecycleService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(10);

    private readonly MailboxPruner pruner = new(hub);
    private readonly SerialDisposable looking = new();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        pruner.Start();
        looking.Disposable = Observable.Interval(Look, hub.Scheduler).Subscribe(_ => hub.Open.EndStuck(hub.Scheduler.Now));
        // At once, whatever other service of the host stops first and takes its time.
        lifetime.ApplicationStopping.Register(SendAway);
        return Task.CompletedTask;
    }

    // Before Kestrel stops, which would end the connections without a word.
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        SendAway();
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
        looking.Dispose();
        pruner.Dispose();
        hub.Door.Dispose();
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void SendAway()
    {
        if (hub.Door.IsClosed)
            return;
        hub.Door.Close();
        ServerLog.Draining(hub.Logger, hub.Connections);
        hub.Open.EndAll(Ending.Restart);
    }
}
