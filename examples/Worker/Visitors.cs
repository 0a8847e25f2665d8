using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace RxWormhole.Examples.Worker;

/// <summary>Stands for programs on other machines, whose users read a code at the front desk.</summary>
internal sealed class Visitors(WormholeOptions options, FrontDesk desk, ILogger<Visitors> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stopping) => desk.Codes
        .SelectMany((code, number) => Wormhole.Use(options, wormhole =>
            from known in wormhole.SetCode(code)
            from sent in wormhole.Send($"visitor {number + 1}")
            from answer in wormhole.Receive()
            select answer.Text))
        .Do(answer => logger.LogInformation("was told: {Answer}", answer))
        .ToTask(stopping);
}
