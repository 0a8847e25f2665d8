using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;

namespace RxWormhole.Server;

/// <summary>One direction of a pair: a loop that receives nothing before what it received last was sent.</summary>
internal sealed class RelayFlow(RelayPair pair, RelayEnd from, RelayEnd to, RelayServerOptions options, IScheduler scheduler, ServerInstruments instruments)
{
    // A pause is never longer than about a second: nobody can end it.
    private readonly int most = (int)Math.Clamp((options.BytesPerSecond ?? long.MaxValue) / 4, 1000, int.MaxValue);
    private ByteAllowance allowance = new(options.BytesPerSecond, scheduler.Now);

    internal async Task RunAsync()
    {
        while (true)
        {
            await from.WaitAsync().ConfigureAwait(false);
            using var carrier = RelayCarrier.Between(from, to);
            int count;
            while ((count = await carrier.TakeAsync(most).ConfigureAwait(false)) > 0)
                await PassAsync(carrier, count).ConfigureAwait(false);
            if (count == 0)
            {
                pair.Count(0, scheduler.Now);
                await to.FinishAsync().ConfigureAwait(false);
                return;
            }
        }
    }

    private async ValueTask PassAsync(RelayCarrier carrier, int count)
    {
        var now = scheduler.Now;
        if (pair.Count(count, now) > options.BytesPerPair)
        {
            instruments.Rejected("relay bytes");
            throw new IOException("the pair has passed on as many bytes as it may");
        }

        await carrier.PassAsync().ConfigureAwait(false);
        instruments.Relayed(count);
        if (allowance.Take(count, now) is var pause && pause > TimeSpan.Zero)
            await Observable.Timer(pause, scheduler).ToTask().ConfigureAwait(false);
    }
}
