using System.Diagnostics;
using System.Globalization;

namespace RxWormhole.Benchmarks.Load;

/// <summary>Complete exchanges against a mailbox server, a number of them at a time.</summary>
internal static class MailboxLoad
{
    internal static async Task<int> CommandAsync(LoadArguments arguments)
    {
        var server = MailboxUrl.Parse(arguments.Only("the address of a mailbox server"));
        var result = await RunAsync(server, arguments.Process, arguments.Number("--at-once", 16), arguments.Number("--exchanges", 1000), TimeSpan.FromHours(1));
        Console.WriteLine(result);
        return 0;
    }

    /// <summary>Runs exchanges until there were as many as asked for, or the time is over.</summary>
    internal static async Task<MailboxResult> RunAsync(MailboxUrl server, ProcessFigures? process, int atOnce, int exchanges, TimeSpan time)
    {
        var times = new List<double>();
        var (begun, acks, messages) = (0, 0, 0);
        var cpu = process?.CpuSeconds;
        var own = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();

        async Task WorkAsync()
        {
            while (Interlocked.Increment(ref begun) <= exchanges && Stopwatch.GetElapsedTime(start) < time)
            {
                var exchange = await Exchange.RunAsync(server);
                lock (times)
                {
                    times.Add(exchange.Time.TotalMilliseconds);
                    acks += exchange.Acks;
                    messages += exchange.Messages;
                }
            }
        }

        try
        {
            await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(WorkAsync)));
        }
        catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException or OperationCanceledException or TimeoutException)
        {
            throw new LoadException($"After {times.Count} exchanges one of them failed: {exception.Message}");
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        times.Sort();
        return new MailboxResult(
            times.Count,
            times.Count / seconds,
            times[times.Count / 2],
            times[times.Count * 99 / 100],
            acks,
            messages,
            (process?.CpuSeconds - cpu) * 1000 / times.Count,
            (Environment.CpuUsage.TotalTime - own).TotalMilliseconds / times.Count);
    }
}

/// <summary>What exchanges took: times in milliseconds, processor time for each.</summary>
internal sealed record MailboxResult(int Exchanges, double PerSecond, double Median, double P99, int Acks, int Messages, double? ServerCpu, double OwnCpu)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Exchanges} exchanges, {PerSecond:F0} a second; {Median:F1} ms each in the middle, {P99:F1} ms at the 99th percentile; {Acks} acks, {Messages} messages; "
        + $"{(ServerCpu is { } cpu ? $"{cpu:F3} ms of the server's processor time each, " : "")}{OwnCpu:F3} ms of the load tool's");
}
