using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using RxWormhole.Protocol;

namespace RxWormhole.Benchmarks.Transfer;

/// <summary>One end of a transfer, in a process of its own.</summary>
internal static class PumpEnd
{
    internal const string Plain = "plain", Pump = "pump";

    private const long WarmUp = 64 << 20;

    private static readonly byte[] Key = new byte[TransitKeys.Length];

    internal static async Task<int> RunAsync(string role, int port, string kind, double gib, int recordKib)
    {
        var length = (long)(gib * (1L << 30));
        using var socket = role == "sender" ? Dial(port) : Accept();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var keys = new TransitKeys(Key);
        using var own = Process.GetCurrentProcess();
        using var link = kind == Plain ? null : Link(socket, role == "sender" ? TransitRole.Sender : TransitRole.Receiver, keys);
        Func<long, Task> move = (role, link) switch
        {
            ("sender", null) => bytes => PlainLoop.Send(socket, new RepeatedStream(), bytes, recordKib << 10, hash, keys),
            (_, null) => bytes => PlainLoop.Receive(socket, Stream.Null, bytes, recordKib << 10, hash, keys),
            ("sender", _) => async bytes => await link.Send(new RepeatedStream(), new TransferSpan(0, bytes), hash),
            _ => async bytes => await link.Receive(Stream.Null, new TransferSpan(0, bytes), hash),
        };

        // What is compiled at run time is compiled by then; a native binary has nothing to compile.
        await move(WarmUp);
        own.Refresh();
        var (cpu, allocated, start) = (own.TotalProcessorTime, GC.GetTotalAllocatedBytes(), Stopwatch.GetTimestamp());
        await move(length);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        own.Refresh();
        Console.WriteLine(new EndResult(
            gib * 1024 / seconds,
            (own.TotalProcessorTime - cpu).TotalSeconds,
            own.PeakWorkingSet64 / (double)(1 << 20),
            (GC.GetTotalAllocatedBytes() - allocated) / 1024.0).Line);
        return 0;
    }

    private static TransitLink Link(Socket socket, TransitRole role, TransitKeys keys) => new(
        new SocketConnection(socket),
        new TransitRoute(IsRelayed: false, IsInbound: role == TransitRole.Receiver, "loopback"),
        default,
        keys,
        role,
        new TransitEnvironment(
            new TransitOptions(),
            DefaultScheduler.Instance,
            SystemEntropy.Instance,
            new Edge(DefaultScheduler.Instance, _ => { }),
            null,
            new TransitLog(NullLogger.Instance, "benchmark")));

    private static Socket Dial(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }

    private static Socket Accept()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        Console.WriteLine(((IPEndPoint)listener.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture));
        var socket = listener.Accept();
        socket.NoDelay = true;
        return socket;
    }
}
