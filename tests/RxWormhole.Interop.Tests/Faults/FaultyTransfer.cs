using System.Net;
using System.Reactive.Linq;
using RxWormhole.Protocol;
using RxWormhole.Server;

namespace RxWormhole.Interop.Tests.Faults;

/// <summary>Where a transfer is hurt, and how it has to end.</summary>
/// <param name="IsRelayed">Whether it goes through a relay, with the proxy between the relay and the sender; otherwise the proxy is between the two.</param>
/// <param name="Fault">What happens.</param>
/// <param name="Error">What one of the two fails with; null for success of both.</param>
public sealed record TransferPoint(bool IsRelayed, Fault Fault, TransitFault? Error = null)
{
    /// <summary>Whether the file arrives all the same, so that only the sender fails.</summary>
    internal bool Arrives { get; init; }

    public override string ToString() => $"{(IsRelayed ? "relay" : "direct")}: {Fault}: {(Error is { } error ? $"{error}" : "success")}";
}

/// <summary>A transfer of a file between two of ours, on a connection that is hurt.</summary>
internal sealed class FaultyTransfer : IDisposable
{
    private const double Haste = 200;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(2);

    private readonly TransferPoint point;
    private readonly string folder = Directory.CreateTempSubdirectory("rxwormhole-faults-").FullName;
    private readonly HastyScheduler clock = new();
    private readonly FaultyProxy proxy;
    private readonly Wormhole sender;
    private readonly Wormhole receiver;

    internal FaultyTransfer(WormholeServer server, TransferPoint point)
    {
        this.point = point;
        var relay = IPEndPoint.Parse(server.Relay!["tcp:".Length..]);
        proxy = new FaultyProxy(relay, point.Fault);
        var front = new DirectHint(IPAddress.Loopback.ToString(), proxy.Port);
        var transit = new TransitOptions
        {
            Paths = point.IsRelayed ? TransitPaths.Relay : TransitPaths.Direct,
            Relays = [],
            ConnectTimeout = Short * 2,
            HandshakeTimeout = Short,
            Silence = Short,
        };
        var options = WormholeOptions.ForFiles with { Rendezvous = server.Mailbox };
        sender = Wormhole.Create(options with
        {
            Scheduler = clock,
            Transit = transit with { Connector = new Fronted(proxy), Relays = point.IsRelayed ? [new RelayHint([front])] : [] },
        });

        // Who dials the front comes to the relay without the proxy; only the sender's way is hurt.
        receiver = Wormhole.Create(options with
        {
            Transit = transit with { Listen = false, Connector = point.IsRelayed ? new Redirected(relay) : SocketTransitConnector.Default },
        });
    }

    public void Dispose()
    {
        sender.Dispose();
        receiver.Dispose();
        proxy.Dispose();
        clock.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Runs it.</summary>
    /// <returns>What is wrong with how it ended, or null.</returns>
    internal async Task<string?> RunAsync()
    {
        var content = RandomBytes();
        var from = Path.Combine(folder, "content.bin");
        var to = Directory.CreateDirectory(Path.Combine(folder, "to")).FullName;
        await File.WriteAllBytesAsync(from, content);
        receiver.SetCode(await sender.AllocateCode()).Subscribe(_ => { }, _ => { });
        var sending = EndAsync(sender.SendFile(from));
        var receiving = EndAsync(receiver.ReceiveOffer(new ReceiveOptions { Folder = to }).Cast<IncomingContent>().SelectMany(offer => offer.Accept()));
        Exception?[] ends;
        try
        {
            // The sender of what nobody confirms waits for minutes for the receiver to ask for more.
            if (point.Arrives && await receiving.WaitAsync(Longest) is null)
                clock.Speed = Haste;
            ends = await Task.WhenAll(sending, receiving).WaitAsync(Longest);
        }
        catch (TimeoutException)
        {
            return $"{point}: did not end; sender {sending.Status}, receiver {receiving.Status}";
        }

        return Judge(ends, to, content) is { } problem ? $"{point}: {problem}" : null;
    }

    private static byte[] RandomBytes()
    {
        var bytes = new byte[300_000];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private static async Task<Exception?> EndAsync(IObservable<TransferProgress> transfer)
    {
        try
        {
            await transfer.LastAsync();
            return null;
        }
        catch (WormholeException exception)
        {
            return exception;
        }
    }

    private string? Judge(Exception?[] ends, string to, byte[] content)
    {
        if (proxy.Hits.Count != 1)
            return "its fault did not come";
        var said = $"ended with {ends[0]?.ToString() ?? "success"}; the receiver with {ends[1]?.ToString() ?? "success"}";
        if (point is { Error: { } error, Arrives: false })
            return ends.OfType<TransitException>().Any(end => end.Fault == error) && ends.All(end => end is TransitException or TransferException) ? null : said;
        if (ends[1] is not null || (ends[0] as TransitException)?.Fault != point.Error || (point.Error is null && ends[0] is not null))
            return said;
        var arrived = Directory.GetFiles(to);
        return arrived.Length == 1 && File.ReadAllBytes(arrived[0]).AsSpan().SequenceEqual(content) ? null : $"{string.Join(", ", arrived)} arrived";
    }

    /// <summary>Listens behind the proxy.</summary>
    private sealed class Fronted(FaultyProxy proxy) : ITransitConnector
    {
        public PumpMode Pumping => SocketTransitConnector.Default.Pumping;

        public IObservable<TransitListener> Listen(TransitPorts ports) => SocketTransitConnector.Default.Listen(ports).Select(open =>
        {
            proxy.Target = new IPEndPoint(IPAddress.Loopback, open.Hints[0].Port);
            return open with { Hints = [new DirectHint(IPAddress.Loopback.ToString(), proxy.Port)] };
        });

        public IObservable<ITransitConnection> Dial(TransitHint way) => SocketTransitConnector.Default.Dial(way);
    }

    /// <summary>Dials one address, whatever it is asked for.</summary>
    private sealed class Redirected(IPEndPoint to) : ITransitConnector
    {
        public PumpMode Pumping => SocketTransitConnector.Default.Pumping;

        public IObservable<TransitListener> Listen(TransitPorts ports) => SocketTransitConnector.Default.Listen(ports);

        public IObservable<ITransitConnection> Dial(TransitHint way) => SocketTransitConnector.Default.Dial(new DirectHint(to.Address.ToString(), to.Port));
    }
}
