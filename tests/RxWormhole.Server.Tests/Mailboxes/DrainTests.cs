using System.Net;

namespace RxWormhole.Server.Tests;

/// <summary>A server that stops says so to everybody, and lets nobody else in.</summary>
public sealed class DrainTests
{
    private static readonly (int?, string?) Restart = (1012, "the server restarts; come back in some seconds");

    [Test]
    public async Task Stop_TellsEverybodyToComeBack()
    {
        await using var server = await TestServer.StartAsync();
        using var listener = await server.BindAsync("a");
        await listener.AskAsync("""{"type":"open","mailbox":"m"}""");
        using var unbound = await server.DialAsync();
        var stop = server.StopAsync();
        foreach (var client in new[] { listener, unbound })
            Assert.That(await client.ReadToEndAsync(), Is.EqualTo(Restart));
        await stop;
        Assert.That(server.Hub.Connections, Is.Zero);
    }

    [Test]
    public async Task WhoComesMeanwhile_IsRefused()
    {
        await using var server = await TestServer.StartAsync(options => options.DrainTime = TimeSpan.FromSeconds(20));
        using var slow = await server.BindAsync("a");
        var stop = server.StopAsync();
        TestServer.Until(() => server.Hub.Door.IsClosed, "it has begun to stop");
        for (var i = 0; i < 3; i++)
            Assert.That(await server.RefusalAsync(), Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(server.Hub.Connections, Is.EqualTo(1), "whoever is refused does not count");
        Assert.That(await slow.ReadToEndAsync(), Is.EqualTo(Restart));
        await stop;
    }

    [Test]
    public async Task WhoCameInJustBefore_IsToldToo()
    {
        await using var server = await TestServer.StartAsync();
        // Between the moment a connection is taken and the moment it is among those that are told.
        server.Hub.Door.Close();
        var sink = new EndingSink();
        using var connection = new MailboxConnection(server.Hub, sink, null, null, mayRepeat: false);
        Assert.That(sink.Ending?.CloseCode, Is.EqualTo(1012));
    }

    [Test]
    public async Task WhoDoesNotAnswer_IsNotWaitedForForLong()
    {
        await using var server = await TestServer.StartAsync(options => options.DrainTime = TimeSpan.FromMilliseconds(300));
        using var deaf = await server.BindAsync("a");
        await server.StopAsync().WaitAsync(TimeSpan.FromSeconds(15));
        deaf.Dispose();
    }

    [Test]
    public async Task RelayWithConnectionsThatSayNothing_StopsAtOnce()
    {
        await using var server = await TestServer.StartAsync();
        using var silent = new RelayLink.Tcp(server.RelayEndPoint);
        using var waiting = new RelayLink.Tcp(server.RelayEndPoint);
        using var silentWeb = new RelayLink.Web(server.WebRelay);
        await silent.SendAsync("please");
        await waiting.SendAsync(RelayLink.Request('a', "one"));
        TestServer.Until(() => server.Relay is { Connections: 3, Room.Waiting: 1 }, "they are there");
        // The host would wait for half a minute.
        await server.StopAsync().WaitAsync(TimeSpan.FromSeconds(15));
        Assert.That(server.Relay.Connections, Is.Zero);
    }

    private sealed class EndingSink : IMailboxSink
    {
        internal Ending? Ending { get; private set; }

        public void Add(Protocol.ServerMessage message)
        {
        }

        public void Flush()
        {
        }

        public void End(Ending ending) => Ending = ending;

        public bool IsStuck(DateTimeOffset now) => false;

        public void Abort()
        {
        }
    }
}
