using System.Reactive.Linq;
using RxWormhole.Contracts;

namespace RxWormhole.Server.Tests;

/// <summary>The HTTP connector keeps the promises of connectors, against our server.</summary>
public sealed class HttpConnectorTests : ConnectorContract
{
    private readonly HttpConnector connector = new() { PollInterval = TimeSpan.FromMilliseconds(20) };
    private WormholeServer server = null!;

    [SetUp]
    public async Task StartServer() => server = await WormholeServer.StartAsync();

    [TearDown]
    public async Task Dispose() => await server.DisposeAsync();

    private protected override IRendezvousConnector Connector => connector;

    private protected override Uri Server => server.Mailbox;

    /// <summary>Requests that are under way.</summary>
    private protected override int LinksAtServer => server.Connections;

    private protected override int Standing(int links) => 0;

    private protected override void StopServer() => server.DisposeAsync().AsTask().Wait();

    private protected override void Until(Func<bool> holds, string what) => Assert.That(() => holds(), Is.True.After(20_000, 5), what);

    /// <summary>A link over HTTP notices when it asks next, which it does by itself only while it listens to a mailbox.</summary>
    [Test]
    public override void ServerStops_TheLinkEnds()
    {
        using var link = Dial();
        Until(() => link.Received.Length == 1, "the welcome");
        link.Send(Bind);
        link.Send(Open);
        Until(() => link.Received.Length == 3, "two acks");
        StopServer();
        Until(() => link.End is not null, "the end");
        link.Send("""{"type":"ping","ping":1}""");
        Assert.That(link.Received, Has.Length.EqualTo(3));
    }

    [TestCase("ws")]
    [TestCase("http")]
    public void BothNamesOfTheScheme_LeadToTheServer(string scheme)
    {
        var address = new UriBuilder(server.Mailbox) { Scheme = scheme }.Uri;
        var welcome = connector.Connect(address, Observable.Never<ReadOnlyMemory<byte>>()).FirstAsync().Timeout(TimeSpan.FromSeconds(20)).Wait();
        Assert.That(System.Text.Encoding.UTF8.GetString(welcome.Span), Does.Contain("\"welcome\""));
    }

    [Test]
    public void ServerHasNoSuchPath_TheLinkSaysWhatItAnswered()
    {
        var address = new Uri(server.Mailbox, "/elsewhere");
        var failure = Assert.Throws<LinkException>(() => connector.Connect(address, Observable.Never<ReadOnlyMemory<byte>>()).Timeout(TimeSpan.FromSeconds(20)).Wait());
        Assert.That(failure!.Message, Is.EqualTo("the server answered 404 Not Found"));
    }
}
