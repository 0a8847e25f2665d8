using System.Net;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using RxWormhole.Protocol;

namespace RxWormhole.Interop.Tests.Faults;

/// <summary>A plain session of two of ours, one of them behind a proxy that hurts it.</summary>
internal sealed class FaultySession : IDisposable
{
    // While a fault is not noticed yet, time goes faster for who has to notice it.
    private const double Haste = 20;

    // Nor for the next poll all the time.
    private const double PollHaste = 5;

    private static readonly string[] Texts = ["first", "second"];
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static int number;

    private readonly FaultPoint point;
    private readonly HastyScheduler clock = new();
    private readonly FaultyProxy proxy;
    private readonly Wormhole hurt;
    private readonly Wormhole other;
    private readonly List<string> log = [];
    private readonly double usual;
    private bool isClosing;

    internal FaultySession(Uri server, FaultPoint point)
    {
        this.point = point;
        clock.Speed = usual = point.Link.Mode == LinkMode.Poll ? PollHaste : 1;
        proxy = new FaultyProxy(new IPEndPoint(IPAddress.Loopback, server.Port), point.Faults) 
        {
            Happened = OnHappened,
            Watched = point.InTurn ? new Behind("\"body\":\"") : null,
        };
        var options = new WormholeOptions { AppId = $"example.com/faults/{Interlocked.Increment(ref number)}", Rendezvous = server };
        other = Wormhole.Create(options);
        hurt = Wormhole.Create(options with
        {
            Rendezvous = proxy.InFrontOf(server),
            Mode = point.Link.Mode,
            Connector = point.Link.Connector,
            Scheduler = clock,
            Timeout = TimeSpan.FromMinutes(point.Expected == Expected.TimeOver ? 1 : 3),
        });
        hurt.Status.Subscribe(status => Log($"{status}"), _ => { });
    }

    internal FaultyProxy Proxy => proxy;

    // A session without a fault is as one whose bytes come late.
    private FaultKind Kind => point.Faults is [var first, ..] ? first.Kind : FaultKind.Delay;

    public void Dispose()
    {
        hurt.Dispose();
        other.Dispose();
        proxy.Dispose();
        clock.Dispose();
    }

    /// <summary>Runs it.</summary>
    /// <returns>What is wrong with how it ended, or null.</returns>
    internal async Task<string?> RunAsync()
    {
        try
        {
            return Judge(await EndAsync().WaitAsync(Longest)) is { } problem ? $"{point}: {problem}\n  {string.Join("\n  ", log)}" : null;
        }
        catch (TimeoutException)
        {
            return $"{point}: did not end\n  {string.Join("\n  ", log)}";
        }
    }

    private async Task<(object Hurt, object? Other)> EndAsync()
    {
        var (maker, taker) = point.Allocates ? (hurt, other) : (other, hurt);
        var isMet = new TaskCompletionSource();
        var making = LiveAsync(maker, async () =>
        {
            var code = await maker.AllocateCode();
            _ = (point.InTurn ? proxy.Seen : Task.CompletedTask).ContinueWith(
                _ =>
                {
                    taker.SetCode(code).Subscribe(_ => { }, _ => { });
                    isMet.SetResult();
                },
                TaskScheduler.Default);
        });
        var taking = isMet.Task.ContinueWith(_ => LiveAsync(taker, () => Task.CompletedTask), TaskScheduler.Default).Unwrap();
        var (ours, theirs) = point.Allocates ? (making, taking) : (taking, making);
        var end = await ours;
        return (end, point.Expected.Error is null ? end is Exception ? null : await theirs : point.Expected.Other is null ? null : await theirs);
    }

    // How one side ends: what it got, or with which error.
    private async Task<object> LiveAsync(Wormhole side, Func<Task> begin)
    {
        try
        {
            await begin();
            var verifier = await side.Verifier;
            var sent = Texts.Select(text => side.Send($"{text} of {(side == hurt ? "hurt" : "other")}").ToTask()).ToArray();
            var got = new List<string>();
            foreach (var _ in Texts)
                got.Add((await side.Receive()).Text);
            await Task.WhenAll(sent);
            if (side == hurt)
                StartClosing();
            return new End(verifier.Hex, string.Join(", ", got), await side.Close());
        }
        catch (Exception exception) when (exception is WormholeException)
        {
            await side.Close();
            return exception;
        }
    }

    private string? Judge((object Hurt, object? Other) ends)
    {
        if (proxy.Hits.Select(hit => hit.Fault).Distinct().Count() != point.Faults.Length)
            return $"only {proxy.Hits.Count} of its faults came";
        if (point.Expected.Error is { } error)
        {
            return !error.IsInstanceOfType(ends.Hurt) || (ends.Hurt as ServerException)?.Fault != point.Expected.Fault ? $"ended with {ends.Hurt}"
                : point.Expected.Other is { } others && !others.IsInstanceOfType(ends.Other) ? $"the other side ended with {ends.Other}"
                : null;
        }

        if (ends is not (End hurtEnd, End otherEnd))
            return $"ended with {ends.Hurt}; the other side with {ends.Other}";
        if (hurtEnd.Verifier != otherEnd.Verifier)
            return "the verifiers differ";
        if (hurtEnd.Got != "first of other, second of other" || otherEnd.Got != "first of hurt, second of hurt")
            return $"got {hurtEnd.Got}; the other side {otherEnd.Got}";
        if (otherEnd.Closed != new CloseResult(Mood.Happy, true))
            return $"the other side closed with {otherEnd.Closed}";
        var again = proxy.Connections > 1;
        if (point.Link.Mode == LinkMode.Push && Kind != FaultKind.Corrupt && (Kind is FaultKind.Delay or FaultKind.Trickle ? again : !again && Kind != FaultKind.Stall))
            return $"there were {proxy.Connections} connections";

        // Closing waits five seconds for a server that does not answer, and that is all.
        var isHeard = Kind != FaultKind.Stall || again;
        return hurtEnd.Closed != new CloseResult(Mood.Happy, isHeard) ? $"closed with {hurtEnd.Closed} after {proxy.Connections} connections" : null;
    }

    private void OnHappened(int connection)
    {
        Log(connection == 0 ? $"hit at {string.Join(", ", proxy.Hits.Select(hit => hit.Offset))}" : $"connection {connection}");
        lock (log)
        {
            var isWaitedFor = connection == 0 && (Kind == FaultKind.Stall || !isClosing) && Kind is not (FaultKind.Delay or FaultKind.Trickle);
            clock.Speed = isWaitedFor || point.Expected == Expected.TimeOver ? Haste : usual;
        }
    }

    private void StartClosing()
    {
        lock (log)
        {
            isClosing = true;
            if (Kind != FaultKind.Stall)
                clock.Speed = usual;
        }

        Log("closes");
    }

    private void Log(string line)
    {
        lock (log)
            log.Add($"{DateTime.UtcNow:ss.fff} {line}");
    }

    private sealed record End(string Verifier, string Got, CloseResult Closed);
}
