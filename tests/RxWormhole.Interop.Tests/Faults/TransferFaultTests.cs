using System.Collections.Concurrent;
using System.Diagnostics;
using RxWormhole.Server;

namespace RxWormhole.Interop.Tests.Faults;

/// <summary>A file between two of ours, directly and through our relay, and a proxy in the connection that cuts, resets, stalls and corrupts.</summary>
public sealed class TransferFaultTests
{
    private const int AtOnce = 32;

    // The receiver dials. Up: transit receiver || the confirmation. Down: transit sender || "go\n" || records.
    private const int ReceiverShake = 89, SenderShake = 87, Go = 3;

    // The sender dials the relay. Up: please relay || transit sender || "go\n" || records. Down: "ok\n" || transit receiver || the confirmation.
    private const int PleaseRelay = 104;

    private WormholeServer server = null!;

    [OneTimeSetUp]
    public async Task StartServer() => server = await FaultServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopServer() => await server.DisposeAsync();

    [Test]
    public async Task ConnectionIsHurt_TheFileArrivesOrBothSayWhy()
    {
        var points = Direct().Concat(Relayed()).ToArray();
        var problems = new ConcurrentBag<string>();
        var times = new ConcurrentBag<(TimeSpan Time, TransferPoint Point)>();
        await Parallel.ForEachAsync(points, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (point, _) =>
        {
            using var transfer = new FaultyTransfer(server, point);
            var clock = Stopwatch.StartNew();
            if (await transfer.RunAsync() is { } problem)
                problems.Add(problem);
            times.Add((clock.Elapsed, point));
        });
        await TestContext.Out.WriteLineAsync($"{points.Length} transfers hurt; the longest took {times.Max(each => each.Time).TotalSeconds:F1} s ({times.MaxBy(each => each.Time).Point})");
        Assert.That(problems, Is.Empty, string.Join("\n", problems));
    }

    private static IEnumerable<TransferPoint> Direct()
    {
        const int Records = SenderShake + Go;
        foreach (var offset in new[] { 0, SenderShake - 1, Records - 1 })
            yield return At(FaultKind.Cut, Direction.Down, offset, TransitFault.NotConnected);
        foreach (var offset in new[] { 0, ReceiverShake - 1 })
            yield return At(FaultKind.Cut, Direction.Up, offset, TransitFault.NotConnected);
        yield return At(FaultKind.Stall, Direction.Down, SenderShake - 1, TransitFault.NotConnected);
        yield return At(FaultKind.Corrupt, Direction.Down, SenderShake / 2, TransitFault.NotConnected);
        yield return At(FaultKind.Corrupt, Direction.Up, ReceiverShake / 2, TransitFault.NotConnected);

        foreach (var offset in new[] { Records, Records + 1, Records + 4, Records + 100, 70_000, 150_000, 299_000 })
            yield return At(FaultKind.Cut, Direction.Down, offset);
        foreach (var kind in new[] { FaultKind.Reset, FaultKind.HalfClose, FaultKind.Stall, FaultKind.Delay, FaultKind.Trickle })
        {
            yield return At(kind, Direction.Down, Records + 2);
            yield return At(kind, Direction.Down, 200_000);
        }

        // Whoever has everything has it, whether or not that is heard.
        yield return At(FaultKind.Cut, Direction.Up, ReceiverShake, TransitFault.Lost) with { Arrives = true };
        yield return At(FaultKind.Stall, Direction.Up, ReceiverShake + 10, TransitFault.Silent) with { Arrives = true };
        yield return At(FaultKind.Corrupt, Direction.Up, ReceiverShake + 40, TransitFault.BadRecord) with { Arrives = true };

        yield return At(FaultKind.Delay, Direction.Up, 10);
        yield return At(FaultKind.Trickle, Direction.Up, 10);

        // The length of a record, its number, its seal, and what it holds.
        yield return At(FaultKind.Corrupt, Direction.Down, Records, TransitFault.RecordTooLong, bit: 7);
        foreach (var offset in new[] { Records + 3, Records + 4, Records + 30, Records + 50, 200_000 })
            yield return At(FaultKind.Corrupt, Direction.Down, offset, TransitFault.BadRecord);

        TransferPoint At(FaultKind kind, Direction direction, int offset, TransitFault? error = null, int bit = 0) =>
            new(IsRelayed: false, new Fault(kind, direction, new AtOffset(offset)) { Bit = bit }, error);
    }

    private static IEnumerable<TransferPoint> Relayed()
    {
        const int Records = PleaseRelay + SenderShake + Go;
        foreach (var offset in new[] { 0, PleaseRelay - 1, PleaseRelay + 1 })
            yield return At(FaultKind.Cut, Direction.Up, offset, TransitFault.NotConnected);
        yield return At(FaultKind.Cut, Direction.Down, 1, TransitFault.NotConnected);
        yield return At(FaultKind.Corrupt, Direction.Up, 20, TransitFault.NotConnected);
        yield return At(FaultKind.Corrupt, Direction.Down, 0, TransitFault.NotConnected);
        foreach (var offset in new[] { Records, Records + 4, 100_000, 250_000 })
            yield return At(FaultKind.Cut, Direction.Up, offset);
        yield return At(FaultKind.Reset, Direction.Up, 100_000);
        yield return At(FaultKind.HalfClose, Direction.Up, 100_000);
        yield return At(FaultKind.Stall, Direction.Up, 100_000);
        yield return At(FaultKind.Corrupt, Direction.Up, 100_000, TransitFault.BadRecord);

        TransferPoint At(FaultKind kind, Direction direction, int offset, TransitFault? error = null) =>
            new(IsRelayed: true, new Fault(kind, direction, new AtOffset(offset)), error);
    }
}
