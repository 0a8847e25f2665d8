using System.Net;
using System.Net.Sockets;

namespace RxWormhole.Interop.Tests.Faults;

/// <summary>One connection through a <see cref="FaultyProxy"/>.</summary>
/// <param name="dialler">Who dialled.</param>
/// <param name="faults">What is to happen to it, each in a direction of its own.</param>
/// <param name="happened">Called when something did.</param>
internal sealed class FaultyConnection(Socket dialler, Fault[] faults, Action happened) : IDisposable
{
    private const int MostOneByOne = 2_000;

    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(200);

    private readonly Socket server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly TaskCompletionSource stalled = new();
    private readonly List<(Fault, long)> hits = [];
    private long up;
    private long down;

    internal (long Up, long Down) Passed => (Volatile.Read(ref up), Volatile.Read(ref down));

    internal IReadOnlyList<(Fault Fault, long Offset)> Hits
    {
        get
        {
            lock (hits)
                return [.. hits];
        }
    }

    internal Spot? Watched { get; init; }

    /// <summary>Called when what is watched has passed.</summary>
    internal Action Saw { get; init; } = () => { };

    internal async Task RunAsync(IPEndPoint target, CancellationToken over)
    {
        try
        {
            dialler.NoDelay = true;
            await server.ConnectAsync(target, over);
            await Task.WhenAll(PumpAsync(Direction.Up, over), PumpAsync(Direction.Down, over));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One end is gone, so that the other one goes as well.
        }

        Dispose();
    }

    public void Dispose()
    {
        dialler.Dispose();
        server.Dispose();
    }

    private async Task PumpAsync(Direction direction, CancellationToken over)
    {
        try
        {
            await PassAsync(direction, over);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            Dispose();
        }
    }

    private async Task PassAsync(Direction direction, CancellationToken over)
    {
        var (from, to) = direction == Direction.Up ? (dialler, server) : (server, dialler);
        var fault = faults.FirstOrDefault(each => each.Direction == direction);
        var isHit = fault?.Spot.Finder();
        var isWatched = direction == Direction.Down ? Watched?.Finder() : null;
        var buffer = new byte[64 << 10];
        var oneByOne = 0;
        while (await from.ReceiveAsync(buffer, over) is > 0 and var count)
        {
            if (stalled.Task.IsCompleted)
                await Task.Delay(Timeout.Infinite, over);
            var isSeen = isWatched is not null && buffer.AsSpan(0, count).IndexOfHit(isWatched) >= 0;
            var hit = isHit is null ? -1 : buffer.AsSpan(0, count).IndexOfHit(isHit);
            if (hit >= 0)
            {
                isHit = null;
                await SendAsync(to, buffer.AsMemory(0, hit), direction, over);
                lock (hits)
                    hits.Add((fault!, direction == Direction.Up ? Passed.Up : Passed.Down));
                happened();
                switch (fault!.Kind)
                {
                    case FaultKind.Cut:
                        from.Shutdown(SocketShutdown.Send);
                        to.Shutdown(SocketShutdown.Send);
                        Dispose();
                        return;
                    case FaultKind.Reset:
                        from.LingerState = to.LingerState = new LingerOption(true, 0);
                        Dispose();
                        return;
                    case FaultKind.HalfClose:
                        to.Shutdown(SocketShutdown.Send);
                        return;
                    case FaultKind.Stall:
                        stalled.TrySetResult();
                        await Task.Delay(Timeout.Infinite, over);
                        return;
                    case FaultKind.Delay:
                        await Task.Delay(Late, over);
                        break;
                    case FaultKind.Trickle:
                        oneByOne = MostOneByOne;
                        break;
                    case FaultKind.Corrupt:
                        buffer[hit] ^= (byte)(1 << fault.Bit);
                        break;
                }
            }

            for (var at = Math.Max(hit, 0); at < count;)
            {
                var length = oneByOne-- > 0 ? 1 : count - at;
                await SendAsync(to, buffer.AsMemory(at, length), direction, over);
                at += length;
            }

            if (isSeen)
            {
                isWatched = null;
                Saw();
            }
        }

        to.Shutdown(SocketShutdown.Send);
    }

    private async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes, Direction direction, CancellationToken over)
    {
        Interlocked.Add(ref direction == Direction.Up ? ref up : ref down, bytes.Length);
        while (bytes.Length > 0)
            bytes = bytes[await to.SendAsync(bytes, over)..];
    }
}

internal static class HitExtensions
{
    internal static int IndexOfHit(this Span<byte> bytes, Func<byte, bool> isHit)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            if (isHit(bytes[i]))
                return i;
        }

        return -1;
    }
}
