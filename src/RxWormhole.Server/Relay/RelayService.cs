using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using Microsoft.Extensions.Hosting;

namespace RxWormhole.Server;

/// <summary>Ends old relay connections while the host runs, and lets pairs finish before it stops.</summary>
internal sealed class RelayService(RelayHub hub, IScheduler scheduler, IHostApplicationLifetime lifetime) : IHostedLifecycleService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        hub.Start();
        // At once, whatever other service of the host stops first and takes its time.
        lifetime.ApplicationStopping.Register(hub.TurnAway);
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        hub.TurnAway();
        return Observable.Interval(TimeSpan.FromMilliseconds(20), scheduler)
            .StartWith(0)
            .TakeWhile(_ => hub.Room.Pairs > 0)
            .TakeUntil(Observable.Timer(hub.Options.DrainTime, scheduler))
            .LastOrDefaultAsync()
            .ToTask(cancellationToken)
            .ContinueWith(_ => hub.AbortAll(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        hub.Dispose();
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
