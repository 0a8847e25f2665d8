using System.Net;
using System.Net.Sockets;
using RxWormhole.Contracts;
using RxWormhole.Protocol;

namespace RxWormhole.Interop.Tests;

/// <summary>The connector that makes sockets keeps the promises of transit connectors.</summary>
public sealed class SocketConnectorTests : TransitConnectorContract
{
    private Socket nowhere = null!;

    // A socket that is bound and does not listen: its port refuses, and nobody else gets it.
    [SetUp]
    public void TakePort()
    {
        nowhere = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        nowhere.Bind(new IPEndPoint(IPAddress.Loopback, 0));
    }

    [TearDown]
    public void GivePortBack() => nowhere.Dispose();

    private protected override ITransitConnector Alice => SocketTransitConnector.Default;

    private protected override ITransitConnector Bob => SocketTransitConnector.Default;

    private protected override DirectHint Nowhere => new("127.0.0.1", ((IPEndPoint)nowhere.LocalEndPoint!).Port);

    private protected override void Until(Func<bool> holds, string what) =>
        Assert.That(() => holds(), Is.True.After(20_000, 5), what);
}
