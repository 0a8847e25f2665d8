using RxWormhole.Contracts;

namespace RxWormhole.Server.Tests;

/// <summary>The WebSocket connector keeps the promises of connectors, against our server.</summary>
public sealed class WebSocketConnectorTests : ConnectorContract
{
    private WormholeServer server = null!;

    [SetUp]
    public async Task StartServer() => server = await WormholeServer.StartAsync();

    [TearDown]
    public async Task Dispose() => await server.DisposeAsync();

    private protected override IRendezvousConnector Connector => WebSocketConnector.Default;

    private protected override Uri Server => server.Mailbox;

    private protected override int LinksAtServer => server.Connections;

    private protected override void StopServer() => server.DisposeAsync().AsTask().Wait();

    private protected override void Until(Func<bool> holds, string what) => Assert.That(() => holds(), Is.True.After(20_000, 5), what);
}
