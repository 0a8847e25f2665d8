using RxWormhole.Contracts;

namespace RxWormhole.Interop.Tests;

/// <summary>The WebSocket connector keeps the promises of connectors, against Kestrel.</summary>
public sealed class WebSocketConnectorTests : ConnectorContract
{
    private KestrelMailbox server = null!;

    [SetUp]
    public void StartServer() => server = new KestrelMailbox();

    [TearDown]
    public void Dispose() => server.Dispose();

    private protected override IRendezvousConnector Connector => WebSocketConnector.Default;

    private protected override Uri Server => server.Address;

    private protected override int LinksAtServer => server.Links;

    private protected override void StopServer() => server.Stop();

    private protected override void Until(Func<bool> holds, string what) =>
        Assert.That(() => holds(), Is.True.After(20_000, 5), what);
}
