using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace RxWormhole.Benchmarks.Load;

/// <summary>Bytes through a transit relay, one way, by pairs of blocking sockets: nothing costs a client less.</summary>
internal static class RelayLoad
{
    private const int BufferSize = 256 << 10;
    private const int Patience = 60_000;

    internal static async Task<int> CommandAsync(LoadArguments arguments)
    {
        var relay = MailboxUrl.ParseEndPoint(arguments.Only("the address of a transit relay"));
        var result = await RunAsync(relay, arguments.Process, arguments.Number("--pairs", 1), arguments.Amount("--gib", 4));
        Console.WriteLine(result);
        return 0;
    }

    /// <summary>Sends so much in all, by so many pairs at once.</summary>
    internal static async Task<RelayResult> RunAsync(IPEndPoint relay, ProcessFigures? process, int pairs, double gib)
    {
        var connections = new List<(Socket Sender, Socket Receiver)>();
        try
        {
            for (var i = 0; i < pairs; i++)
                connections.Add(Pair(relay));
            return await MeasureAsync(connections, process, gib);
        }
        catch (SocketException exception)
        {
            throw new LoadException($"With {connections.Count} pairs: {exception.Message}");
        }
        finally
        {
            Dispose(connections);
        }
    }

    /// <summary>The same without a relay: what there is to be had on this machine.</summary>
    internal static async Task<RelayResult> RunPlainAsync(double gib)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var sender = Connect((IPEndPoint)listener.LocalEndPoint!);
        List<(Socket, Socket)> connections = [(sender, listener.Accept())];
        try
        {
            return await MeasureAsync(connections, null, gib);
        }
        finally
        {
            Dispose(connections);
        }
    }

    private static async Task<RelayResult> MeasureAsync(List<(Socket Sender, Socket Receiver)> connections, ProcessFigures? process, double gib)
    {
        var each = (long)(gib * (1 << 30) / connections.Count);
        var cpu = process?.CpuSeconds;
        var start = Stopwatch.GetTimestamp();
        var sending = connections.Select(pair => OnThread(() => Send(pair.Sender, each)));
        var receiving = connections.Select(pair => OnThread(() => Receive(pair.Receiver, each)));
        await Task.WhenAll([.. receiving, .. sending]);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new RelayResult(connections.Count, gib, gib * 1024 / seconds, (process?.CpuSeconds - cpu) / gib);
    }

    // The transit protocol, section 4.5.
    private static (Socket, Socket) Pair(IPEndPoint relay)
    {
        var token = RandomNumberGenerator.GetHexString(64, lowercase: true);
        var (sender, receiver) = (Connect(relay), Connect(relay));
        sender.Send(Encoding.ASCII.GetBytes($"please relay {token} for side aaaaaaaaaaaaaaaa\n"));
        receiver.Send(Encoding.ASCII.GetBytes($"please relay {token} for side bbbbbbbbbbbbbbbb\n"));
        ExpectOk(sender);
        ExpectOk(receiver);
        return (sender, receiver);
    }

    private static Socket Connect(IPEndPoint to)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, SendTimeout = Patience, ReceiveTimeout = Patience };
        socket.Connect(to);
        return socket;
    }

    private static void ExpectOk(Socket socket)
    {
        var answer = new byte[3];
        for (var count = 0; count < 3;)
        {
            var more = socket.Receive(answer, count, 3 - count, SocketFlags.None);
            if (more == 0)
                throw new LoadException("The relay closed a connection.");
            count += more;
        }

        if (!answer.AsSpan().SequenceEqual("ok\n"u8))
            throw new LoadException("The relay did not answer with ok.");
    }

    private static void Send(Socket socket, long count)
    {
        var buffer = new byte[BufferSize];
        while (count > 0)
            count -= socket.Send(buffer.AsSpan(0, (int)Math.Min(count, buffer.Length)));
    }

    private static void Receive(Socket socket, long count)
    {
        var buffer = new byte[BufferSize];
        while (count > 0)
        {
            var received = socket.Receive(buffer);
            if (received == 0)
                throw new LoadException($"The relay ended a connection with {count} bytes outstanding.");
            count -= received;
        }
    }

    // A thread each: they wait in the kernel, and a pool would be slow to give out so many.
    private static Task OnThread(Action action) => Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void Dispose(List<(Socket Sender, Socket Receiver)> connections)
    {
        foreach (var (sender, receiver) in connections)
        {
            sender.Dispose();
            receiver.Dispose();
        }
    }
}

/// <summary>What a relay passed on, and the seconds of processor time it took for each GiB.</summary>
internal sealed record RelayResult(int Pairs, double Gib, double MibPerSecond, double? CpuPerGib)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Gib} GiB by {Pairs} at once: {MibPerSecond:F0} MiB/s{(CpuPerGib is { } cpu ? $", {cpu:F3} s of the relay's processor time per GiB" : "")}");
}
