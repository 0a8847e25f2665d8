using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.Reactive.Testing;

namespace RxWormhole.Server.Tests;

/// <summary>What a relay does about those who ask too much of it, or nothing that makes sense.</summary>
public sealed class RelayLimitTests
{
    private const string Someone = "203.0.113.7";

    private readonly TestScheduler clock = new();
    private TestServer server = null!;

    [TearDown]
    public async Task Stop() => await server.DisposeAsync();

    [Test]
    public async Task ConnectionsPerAddress_AreCountedByTheForwardedOne()
    {
        server = await TestServer.StartAsync(relay: options =>
        {
            options.TrustedProxies.Add(TestServer.Proxy);
            options.ConnectionsPerAddress = 1;
        });
        using (await DialAsync("2001:db8:1:2::1"))
        {
            Assert.That(await server.RefusalAsync("2001:db8:1:2::2", server.WebRelay), Is.EqualTo(HttpStatusCode.TooManyRequests));
            using var other = await DialAsync(Someone);
            Assert.That(server.Relay.Door.Addresses, Is.EqualTo(2));
        }

        TestServer.Until(() => server.Relay is { Connections: 0, Door.Addresses: 0 }, "it is given back");
    }

    [Test]
    public async Task UntrustedPeersForwardedAddress_IsIgnored()
    {
        server = await TestServer.StartAsync(relay: options => (options.ConnectionsPerAddress, options.ExemptLoopback) = (1, false));
        using var one = await DialAsync(Someone);
        Assert.That(await server.RefusalAsync("203.0.113.8", server.WebRelay), Is.EqualTo(HttpStatusCode.TooManyRequests));
    }

    [Test]
    public async Task ConnectionsPerMinute_OneMoreIsRefusedAtEitherDoor()
    {
        server = await TestServer.StartAsync(relay: options => (options.ConnectionsPerMinute, options.ExemptLoopback) = (2, false));
        for (var i = 0; i < 2; i++)
        {
            using var client = await DialAsync(null);
        }

        Assert.That(await server.RefusalAsync(uri: server.WebRelay), Is.EqualTo(HttpStatusCode.TooManyRequests));
        using var tcp = new RelayLink.Tcp(server.RelayEndPoint);
        Assert.That(await tcp.ReadToEndAsync(), Is.Empty);
    }

    [Test]
    public async Task Connections_OneMoreIsRefused()
    {
        server = await TestServer.StartAsync(relay: options => options.Connections = 1);
        using var one = await DialAsync(null);
        Assert.That(await server.RefusalAsync(uri: server.WebRelay), Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        using var tcp = new RelayLink.Tcp(server.RelayEndPoint);
        Assert.That(await tcp.ReadToEndAsync(), Is.Empty);
        Assert.That(server.Relay.Connections, Is.EqualTo(1));
    }

    [Test]
    public async Task EmptyMessageWhileItWaits_ChangesNothing([Values] bool isWhole)
    {
        server = await TestServer.StartAsync(scheduler: clock);
        using var a = new RelayLink.Web(server.WebRelay);
        using var b = new RelayLink.Tcp(server.RelayEndPoint);
        await a.SendAsync(RelayLink.Request('a', "one"));
        TestServer.Until(() => server.Relay.Room.Waiting == 1, "it waits");
        await a.SendAsync(ReadOnlyMemory<byte>.Empty, WebSocketMessageType.Binary, isWhole);
        if (isWhole)
        {
            await b.SendAsync(RelayLink.Request('a', "two"));
            Assert.That(await a.ReadAsync(3), Is.EqualTo("ok\n"));
            return;
        }

        // The beginning of a message is something; but who says no more is not waited for for ever.
        TestServer.Until(() => server.Relay.Room.Waiting == 0, "it does not wait any more");
        TestServer.Until(
            () =>
            {
                clock.AdvanceBy(TimeSpan.FromSeconds(10).Ticks);
                return server.Relay.Connections == 0;
            },
            "it is ended");
    }

    [Test]
    public async Task RequestWhoseEndComesInAnEmptyFrame_IsWhole()
    {
        server = await TestServer.StartAsync();
        using var a = new RelayLink.Web(server.WebRelay);
        await a.SendAsync(Encoding.ASCII.GetBytes(RelayLink.Request('a', "one")), WebSocketMessageType.Binary, isWhole: false);
        await a.SendAsync(ReadOnlyMemory<byte>.Empty, WebSocketMessageType.Binary, isWhole: true);
        TestServer.Until(() => server.Relay.Room.Waiting == 1, "it waits");
    }

    [TestCase("please relay")]
    [TestCase("GET / HTTP/1.1\r\n\r\n")]
    [TestCase("\n")]
    [TestCase("\0\0\0\0\n")]
    [TestCase("please relay aaaa for side bbbb\n")]
    public async Task NonsenseInsteadOfARequest_IsTheEnd(string nonsense)
    {
        server = await TestServer.StartAsync();
        using var a = new RelayLink.Tcp(server.RelayEndPoint);
        await a.SendAsync(nonsense);
        await a.FinishAsync();
        Assert.That(await a.ReadToEndAsync(), Is.EqualTo("bad handshake\n").Or.Empty);
        using var b = new RelayLink.Web(server.WebRelay);
        await b.SendAsync(nonsense);
        Assert.That(await b.ReadToEndAsync(), Is.EqualTo("bad handshake\n"));
    }

    [Test]
    public async Task LineWithoutEnd_IsTheEndAtItsLimit()
    {
        server = await TestServer.StartAsync();
        using var a = new RelayLink.Tcp(server.RelayEndPoint);
        await a.SendAsync(new string('x', 1025));
        Assert.That(await a.ReadToEndAsync(), Is.Empty);
    }

    [Test]
    public async Task BothLeaveWhileTheirRateMakesThemWait_TheyAreSoonForgotten()
    {
        server = await TestServer.StartAsync(relay: options => options.BytesPerSecond = 1000, scheduler: clock);
        using (var a = new RelayLink.Tcp(server.RelayEndPoint))
        using (var b = new RelayLink.Tcp(server.RelayEndPoint))
        {
            await a.SendAsync(RelayLink.Request('a', "one"));
            await b.SendAsync(RelayLink.Request('a', "two"));
            await a.ReadAsync(3);
            await b.ReadAsync(3);
            await a.SendAsync(new byte[100_000]);
            await b.ReadAsync(1000);
        }

        var start = clock.Clock;
        TestServer.Until(
            () =>
            {
                clock.AdvanceBy(TimeSpan.FromMilliseconds(10).Ticks);
                return server.Relay.Connections == 0;
            },
            "nobody is there");
        Assert.That(TimeSpan.FromTicks(clock.Clock - start), Is.LessThan(TimeSpan.FromSeconds(20)), "a hundred seconds of data were on their way");
    }

    [Test]
    public async Task ClientsThatLeaveWhileTheyArePaired_LeaveNothingBehind()
    {
        server = await TestServer.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async worker =>
        {
            var token = (char)('a' + worker);
            for (var i = 0; i < 30; i++)
            {
                var a = new RelayLink.Tcp(server.RelayEndPoint);
                var b = new RelayLink.Tcp(server.RelayEndPoint);
                await Task.WhenAll(a.SendAsync(RelayLink.Request(token, "one")), b.SendAsync(RelayLink.Request(token, "two")));
                await Task.WhenAll(Task.Run(a.Dispose), i % 2 == 0 ? Task.Run(b.Dispose) : b.FinishAsync());
                b.Dispose();
            }
        }));
        TestServer.Until(() => server.Relay is { Connections: 0, Room: { Pairs: 0, Waiting: 0 } }, "nothing is left");
    }

    private async Task<MailboxClient> DialAsync(string? from)
    {
        var client = new MailboxClient(from);
        await client.ConnectAsync(server.WebRelay);
        return client;
    }
}
