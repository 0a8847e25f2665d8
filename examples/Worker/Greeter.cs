using System.Reactive;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace RxWormhole.Examples.Worker;

/// <summary>Welcomes visitors, one session after another.</summary>
internal sealed class Greeter(
    WormholeOptions options, FrontDesk desk, IConfiguration configuration, IHostApplicationLifetime host, ILogger<Greeter> logger) : BackgroundService
{
    private readonly AsyncSubject<Unit> stop = new();

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var registration = stopping.Register(() => Observable.Return(Unit.Default).Subscribe(stop));
        await Enumerable.Range(0, configuration.GetValue("Sessions", int.MaxValue))
            .TakeWhile(_ => !stopping.IsCancellationRequested)
            .Select(_ => Session())
            .Concat()
            .DefaultIfEmpty();
        host.StopApplication();
    }

    // The query ends when the host stops, and Use closes what it was about; that is what the host waits for.
    private IObservable<string> Session() => Wormhole.Use(options, wormhole =>
            (from code in wormhole.AllocateCode().Do(desk.Show)
             from visitor in wormhole.Receive()
             from sent in wormhole.Send($"Welcome, {visitor.Text}.")
             select visitor.Text).TakeUntil(stop))
        .Do(visitor => logger.LogInformation("{Visitor} was here", visitor))
        .Catch((WormholeException error) =>
        {
            logger.LogWarning("{Problem}", error.Message);
            return Observable.Timer(TimeSpan.FromSeconds(5), options.Scheduler).TakeUntil(stop).SelectMany(_ => Observable.Empty<string>());
        });
}
