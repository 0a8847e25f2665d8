using RxWormhole.Server;

namespace RxWormhole.Interop.Tests.Faults;

/// <summary>Our client and our server over HTTP, and a proxy between them that cuts, resets, stalls and delays.</summary>
public sealed class HttpFaultTests
{
    private const int Spots = 10;

    private WormholeServer server = null!;

    [OneTimeSetUp]
    public async Task StartServer() => server = await FaultServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopServer() => await server.DisposeAsync();

    [TestCase(FaultKind.Cut)]
    [TestCase(FaultKind.Reset)]
    [TestCase(FaultKind.HalfClose)]
    [TestCase(FaultKind.Stall)]
    [TestCase(FaultKind.Trickle)]
    public async Task FaultAnywhere_TheSessionGoesOn(FaultKind kind)
    {
        var plain = new FaultPoint(OurLink.All.Single(link => link.Name == "Http"), Allocates: true, Expected.Success);
        long up, down;
        using (var session = new FaultySession(server.Mailbox, plain))
        {
            await session.RunAsync();
            (up, down) = session.Proxy.Passed;
        }

        // How many requests there are depends on who is faster; half of them there always are.
        var points =
            from direction in new[] { Direction.Up, Direction.Down }
            from i in Enumerable.Range(0, Spots)
            select plain with { Faults = [new Fault(kind, direction, new AtOffset((direction == Direction.Up ? up : down) / 2 * i / Spots))] };
        await FaultRun.AssertAllAsync(server.Mailbox, [.. points]);
    }
}
