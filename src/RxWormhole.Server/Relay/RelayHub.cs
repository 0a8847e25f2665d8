using System.Collections.Concurrent;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using Microsoft.Extensions.Logging;
using RxWormhole.Protocol;

namespace RxWormhole.Server;

/// <summary>A transit relay without sockets: reads requests, brings two connections together, and passes bytes on.</summary>
/// <remarks>Source: transit, section 4.5. Beyond the reference: half-close, time limits, volume and rate limits.</remarks>
internal sealed class RelayHub : IDisposable
{
    private static readonly byte[] Ok = "ok\n"u8.ToArray();
    private static readonly byte[] BadHandshake = "bad handshake\n"u8.ToArray();
    private static readonly byte[] Impatient = "impatient\n"u8.ToArray();
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(2);

    private readonly IScheduler scheduler;
    private readonly ServerInstruments instruments;
    private readonly ConcurrentDictionary<RelayEnd, bool> open = new();
    private IDisposable? sweeping;

    internal RelayHub(RelayServerOptions options, IScheduler scheduler, ServerInstruments instruments, ILogger logger)
    {
        Options = options;
        Logger = logger;
        this.scheduler = scheduler;
        this.instruments = instruments;
        Door = new Door(
            "relay",
            new AddressLedger(new MailboxLimits { ConnectionsPerAddress = options.ConnectionsPerAddress }),
            options.Connections,
            options.ConnectionsPerMinute,
            () => instruments.Rejected("relay connections"));
    }

    internal RelayServerOptions Options { get; }

    internal ILogger Logger { get; }

    internal RelayRoom Room { get; } = new();

    internal Door Door { get; }

    internal int Connections => Door.Connections;

    internal void Start() => sweeping = Observable.Interval(Min(Sweep, Options.WaitTimeout / 4, Options.IdleTimeout / 4), scheduler).Subscribe(_ => EndOld());

    public void Dispose()
    {
        sweeping?.Dispose();
        Door.Dispose();
    }

    /// <summary>From now on nobody is let in, and nobody waits.</summary>
    internal void TurnAway()
    {
        Door.Close();
        foreach (var client in Room.WaitingFor(TimeSpan.MinValue, scheduler.Now))
        {
            if (Room.Leave(client))
                client.Pair(null);
        }
    }

    internal void AbortAll()
    {
        foreach (var (end, _) in open)
            end.Abort();
    }

    /// <summary>Serves a connection that was taken to its end; who calls closes it afterwards.</summary>
    internal async Task ServeAsync(RelayEnd end)
    {
        open.TryAdd(end, true);
        // It came in while the others were turned away.
        if (Door.IsClosed)
            end.Abort();
        try
        {
            instruments.RelayEnded(await TalkAsync(end).ConfigureAwait(false));
        }
        catch (IOException)
        {
            instruments.RelayEnded("errory");
        }
#pragma warning disable CA1031 // A fault of ours ends this connection and nothing else.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ServerLog.ConnectionFaulted(Logger, exception);
            instruments.RelayEnded("errory");
        }
        finally
        {
            open.TryRemove(end, out _);
        }
    }

    private async Task<string> TalkAsync(RelayEnd end)
    {
        var (request, answer) = await ReadRequestAsync(end).ConfigureAwait(false);
        if (request is null)
        {
            if (answer is null)
                return "empty";
            await end.SendAsync(answer).ConfigureAwait(false);
            await SayGoodbyeAsync(end).ConfigureAwait(false);
            return answer == Impatient ? "impatient" : "errory";
        }

        var client = new RelayClient(end, request, scheduler.Now);
        if (Room.Enter(client, scheduler.Now, out var redundant) is { } found)
        {
            foreach (var other in redundant)
                other.Pair(null);
            return await GlueAsync(found, client, null).ConfigureAwait(false);
        }

        try
        {
            var arrival = await WaitAsync(client).ConfigureAwait(false);
            if (client.Paired.IsCompleted || !Room.Leave(client))
            {
                if (await client.Paired.ConfigureAwait(false) is { } pair)
                    return await GlueAsync(pair, client, arrival).ConfigureAwait(false);
                await SayGoodbyeAsync(end, arrival).ConfigureAwait(false);
                return "redundant";
            }

            await arrival.ConfigureAwait(false);
            // Something arrives, though perhaps not at once.
            using var deadline = scheduler.Schedule(Options.HandshakeDeadline, end.Abort);
            if (await end.ReceiveAsync(new byte[1]).ConfigureAwait(false) == 0)
                return "lonely";
            await end.SendAsync(Impatient).ConfigureAwait(false);
            await SayGoodbyeAsync(end).ConfigureAwait(false);
            return "impatient";
        }
        finally
        {
            // Nobody may meet one that is gone.
            Room.Leave(client);
        }
    }

    // Until the other side comes, or something from this one.
    private async Task<Task> WaitAsync(RelayClient client)
    {
        instruments.RelayWaits(+1);
        try
        {
            var arrival = client.End.WaitAsync().AsTask();
            await Task.WhenAny(arrival, client.Paired).ConfigureAwait(false);
            return arrival;
        }
        finally
        {
            instruments.RelayWaits(-1);
        }
    }

    private async Task<(RelayRequest? Request, byte[]? Answer)> ReadRequestAsync(RelayEnd end)
    {
        using var deadline = scheduler.Schedule(Options.HandshakeDeadline, end.Abort);
        var buffer = new byte[RelayRequest.MaxLength + 1];
        var (line, received) = await end.ReceiveRequestAsync(buffer).ConfigureAwait(false);
        if (line < 0)
            return (null, null);
        if (!RelayRequest.TryParse(buffer.AsSpan(0, line), out var request))
            return (null, BadHandshake);
        return received > line + 1 ? (null, Impatient) : (request, null);
    }

    // Each side's own task passes on what that side sends.
    private async Task<string> GlueAsync(RelayPair pair, RelayClient client, Task? arrival)
    {
        var isHappy = false;
        try
        {
            if (client == pair.Second)
            {
                instruments.RelayPairs(+1);
                // Both are told before either may speak.
                await pair.First.End.SendAsync(Ok).ConfigureAwait(false);
                await pair.Second.End.SendAsync(Ok).ConfigureAwait(false);
                pair.First.Pair(pair);
            }

            if (arrival is not null)
                await arrival.ConfigureAwait(false);
            await new RelayFlow(pair, client.End, pair.OtherThan(client.End), Options, scheduler, instruments).RunAsync().ConfigureAwait(false);
            isHappy = true;
        }
        catch (IOException)
        {
            // Lost, or ended because of a limit.
        }
        finally
        {
            // Whatever happened, neither side is left waiting for the other.
            if (!isHappy)
                pair.Abort();
            pair.First.Pair(pair);
            if (pair.Leave())
            {
                Room.End(pair);
                instruments.RelayPairs(-1);
            }
        }

        // Who returns closes the connection, and the other direction may go on.
        await pair.Over.ConfigureAwait(false);
        return isHappy ? "happy" : "errory";
    }

    // What is closed with bytes unread, or while it is read from, is reset, and what was sent last might be lost: so it is read to its end, for a moment.
    private async Task SayGoodbyeAsync(RelayEnd end, Task? arrival = null)
    {
        await end.FinishAsync().ConfigureAwait(false);
        using var enough = scheduler.Schedule(Goodbye, end.Abort);
        var rest = new byte[1024];
        try
        {
            if (arrival is not null)
                await arrival.ConfigureAwait(false);
            while (await end.ReceiveAsync(rest).ConfigureAwait(false) > 0)
            {
            }
        }
        catch (IOException)
        {
            // It has the answer, or does not want it.
        }
    }

    private void EndOld()
    {
        var now = scheduler.Now;
        foreach (var client in Room.WaitingFor(Options.WaitTimeout, now))
        {
            if (Room.Leave(client))
            {
                instruments.Rejected("relay wait");
                client.Pair(null);
            }
        }

        foreach (var pair in Room.IdleFor(Options.IdleTimeout, now))
        {
            instruments.Rejected("relay idle");
            pair.Abort();
        }
    }

    private static TimeSpan Min(params ReadOnlySpan<TimeSpan> times)
    {
        var least = times[0];
        foreach (var time in times)
            least = time < least ? time : least;
        return least;
    }
}
