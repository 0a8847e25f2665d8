using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Reactive.Testing;

namespace RxWormhole.Server.Tests;

public sealed class RelayTests
{
    private RelayHost host = null!;

    private static readonly string[] Doors = ["fast", "piped", "web"];

    [TearDown]
    public async Task Stop() => await host.DisposeAsync();

    [Test]
    public async Task AnyTwoDoors_CanBeGluedAndPassBulkBothWays([ValueSource(nameof(Doors))] string one, [ValueSource(nameof(Doors))] string other)
    {
        host = await RelayHost.StartAsync();
        using var a = host.Dial(one);
        using var b = host.Dial(other);
        await MeetAsync(a, b);
        var (up, down) = (RandomNumberGenerator.GetBytes(3_000_001), RandomNumberGenerator.GetBytes(2_000_003));
        var received = await Task.WhenAll(PassAsync(a, b, up), PassAsync(b, a, down));
        Assert.That(received[0].AsSpan().SequenceEqual(up), Is.True);
        Assert.That(received[1].AsSpan().SequenceEqual(down), Is.True);
        Assert.That(host.Hub.Room.Pairs, Is.EqualTo(1));
        a.Dispose();
        await b.ReadToEndAsync();
        b.Dispose();
        RelayHost.Until(() => host.Hub.Connections == 0 && host.Hub.Room.Pairs == 0, "everything is given back");
    }

    [Test]
    public async Task OneDirectionEnds_TheOtherGoesOn()
    {
        host = await RelayHost.StartAsync();
        using var a = host.Dial("fast");
        using var b = host.Dial("fast");
        await MeetAsync(a, b);
        await a.SendAsync("last words");
        await a.FinishAsync();
        Assert.That(await b.ReadToEndAsync(), Is.EqualTo("last words"));
        await b.SendAsync("and the answer");
        await b.FinishAsync();
        Assert.That(await a.ReadToEndAsync(), Is.EqualTo("and the answer"));
        RelayHost.Until(() => host.Hub.Room.Pairs == 0, "the pair is over");
    }

    [Test]
    public async Task SlowReader_HoldsTheSenderUp()
    {
        host = await RelayHost.StartAsync();
        using var a = host.Dial("fast");
        using var b = host.Dial("fast");
        await MeetAsync(a, b);
        var sent = 0L;
        var sending = Task.Run(async () =>
        {
            var chunk = new byte[1 << 20];
            for (var i = 0; i < 256; i++)
            {
                await a.SendAsync(chunk);
                Interlocked.Add(ref sent, chunk.Length);
            }
        });
        // It stops while nobody reads, far from the end.
        var before = -1L;
        RelayHost.Until(
            () =>
            {
                var now = Interlocked.Read(ref sent);
                var stands = now == before && now > 0;
                before = now;
                Thread.Sleep(100);
                return stands;
            },
            "the sender stands");
        Assert.That(sent, Is.LessThan(64 << 20));
        var buffer = new byte[1 << 20];
        for (var left = 256L << 20; left > 0;)
            left -= await b.ReceiveAsync(buffer);
        await sending;
    }

    [Test]
    public async Task NobodyComes_TheWaitEnds([ValueSource(nameof(Doors))] string door)
    {
        var clock = new TestScheduler();
        host = await RelayHost.StartAsync(options => options.WaitTimeout = TimeSpan.FromMinutes(10), clock);
        using var a = host.Dial(door);
        await a.SendAsync(RelayLink.Request('a', "one"));
        RelayHost.Until(() => host.Hub.Room.Waiting == 1, "it waits");
        clock.AdvanceBy(TimeSpan.FromMinutes(9).Ticks);
        Assert.That(host.Hub.Room.Waiting, Is.EqualTo(1));
        clock.AdvanceBy(TimeSpan.FromMinutes(2).Ticks);
        Assert.That(await a.ReadToEndAsync(), Is.Empty);
        // How long the client may take to close is counted from when the server has said so, which may be a moment after it was read.
        RelayHost.Until(
            () =>
            {
                clock.AdvanceBy(TimeSpan.FromMinutes(1).Ticks);
                return host.Hub.Connections == 0;
            },
            "nothing is left, though the client stays");
    }

    [Test]
    public async Task NothingIsSaid_TheHandshakeEnds([ValueSource(nameof(Doors))] string door)
    {
        var clock = new TestScheduler();
        host = await RelayHost.StartAsync(scheduler: clock);
        using var a = host.Dial(door);
        await a.SendAsync(door == "web" ? "" : "please");
        RelayHost.Until(() => host.Hub.Connections == 1, "it is there");
        clock.AdvanceBy(TimeSpan.FromSeconds(59).Ticks);
        Assert.That(host.Hub.Connections, Is.EqualTo(1));
        RelayHost.Until(
            () =>
            {
                clock.AdvanceBy(TimeSpan.FromSeconds(2).Ticks);
                return host.Hub.Connections == 0;
            },
            "it is ended");
    }

    [Test]
    public async Task PairThatPassesNothing_IsEnded()
    {
        var clock = new TestScheduler();
        host = await RelayHost.StartAsync(options => options.IdleTimeout = TimeSpan.FromMinutes(1), clock);
        using var a = host.Dial("fast");
        using var b = host.Dial("web");
        await MeetAsync(a, b);
        clock.AdvanceBy(TimeSpan.FromSeconds(50).Ticks);
        await a.SendAsync("still here");
        await b.ReadAsync(10);
        clock.AdvanceBy(TimeSpan.FromSeconds(50).Ticks);
        Assert.That(host.Hub.Room.Pairs, Is.EqualTo(1), "it was active meanwhile");
        clock.AdvanceBy(TimeSpan.FromSeconds(30).Ticks);
        Assert.That(await a.ReadToEndAsync(), Is.Empty);
        Assert.That(await b.ReadToEndAsync(), Is.Empty);
        RelayHost.Until(() => host.Hub.Connections == 0 && host.Hub.Room.Pairs == 0, "nothing is left");
    }

    [Test]
    public async Task VolumeIsUsedUp_ThePairEnds()
    {
        host = await RelayHost.StartAsync(options => options.BytesPerPair = 100_000);
        using var a = host.Dial("fast");
        using var b = host.Dial("fast");
        await MeetAsync(a, b);
        await a.SendAsync(new byte[60_000]);
        Assert.That(await b.ReadAsync(60_000), Has.Length.EqualTo(60_000));
        await b.SendAsync(new byte[60_000]);
        Assert.That((await a.ReadToEndAsync()).Length, Is.LessThanOrEqualTo(40_000));
    }

    [Test]
    public async Task Rate_IsKeptToInTheClocksTime()
    {
        var clock = new TestScheduler();
        host = await RelayHost.StartAsync(options => options.BytesPerSecond = 10_000, clock);
        using var a = host.Dial("fast");
        using var b = host.Dial("fast");
        await MeetAsync(a, b);
        var start = clock.Clock;
        await a.SendAsync(new byte[50_000]);
        await a.FinishAsync();
        var reading = b.ReadToEndAsync();
        RelayHost.Until(
            () =>
            {
                clock.AdvanceBy(TimeSpan.FromMilliseconds(100).Ticks);
                return reading.IsCompleted;
            },
            "all of it arrives");
        Assert.That((await reading).Length, Is.EqualTo(50_000));
        Assert.That(TimeSpan.FromTicks(clock.Clock - start), Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(5)));
    }

    [Test]
    public async Task TooManyConnections_AreClosedAtOnce()
    {
        host = await RelayHost.StartAsync(options =>
        {
            options.ConnectionsPerAddress = 2;
            options.ExemptLoopback = false;
        });
        using var a = host.Dial("fast");
        using var b = host.Dial("web");
        await a.SendAsync(RelayLink.Request('a', "one"));
        RelayHost.Until(() => host.Hub.Room.Waiting == 1, "one waits");
        await b.SendAsync(RelayLink.Request('b', "one"));
        RelayHost.Until(() => host.Hub.Room.Waiting == 2, "two wait");
        using var c = host.Dial("fast");
        Assert.That(await c.ReadToEndAsync(), Is.Empty);
        a.Dispose();
        RelayHost.Until(() => host.Hub.Connections == 1, "one has left");
        using var d = host.Dial("fast");
        await d.SendAsync(RelayLink.Request('b', "two"));
        Assert.That(await d.ReadAsync(3), Is.EqualTo("ok\n"));
    }

    [Test]
    public async Task TextOnAWebSocket_EndsIt()
    {
        host = await RelayHost.StartAsync();
        using var a = (RelayLink.Web)host.Dial("web");
        await a.SendAsync(Encoding.ASCII.GetBytes(RelayLink.Request('a', "one")), WebSocketMessageType.Text);
        Assert.That(await a.ReadToEndAsync(), Is.Empty);
        RelayHost.Until(() => host.Hub.Connections == 0, "nothing is left");
    }

    [Test]
    public async Task RequestOnAWebSocket_MayComeInFragmentsAndWithoutTheEndOfItsLine()
    {
        host = await RelayHost.StartAsync();
        using var a = (RelayLink.Web)host.Dial("web");
        using var b = host.Dial("fast");
        var request = Encoding.ASCII.GetBytes(RelayLink.Request('a', "one")).AsMemory();
        await a.SendAsync(request[..20], WebSocketMessageType.Binary, isWhole: false);
        await a.SendAsync(request[20..^1], WebSocketMessageType.Binary);
        await b.SendAsync(RelayLink.Request('a', "two"));
        Assert.That(await a.ReadAsync(3), Is.EqualTo("ok\n"));
    }

    [Test]
    public async Task ManyAtOnce_EachFindsItsOwn()
    {
        host = await RelayHost.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 60).Select(async i =>
        {
            using var a = host.Dial(Doors[i % 3]);
            using var b = host.Dial(Doors[i / 3 % 3]);
            var token = (char)('0' + i % 10 + (i >= 10 ? 'A' - '0' : 0));
            var request = $"please relay {i:0000}{new string(token, 60)} for side ";
            await Task.WhenAll(a.SendAsync(request + "aaaaaaaaaaaaaaaa\n"), b.SendAsync(request + "bbbbbbbbbbbbbbbb\n"));
            Assert.That(await a.ReadAsync(3), Is.EqualTo("ok\n"));
            Assert.That(await b.ReadAsync(3), Is.EqualTo("ok\n"));
            await a.SendAsync($"{i:0000}");
            Assert.That(await b.ReadAsync(4), Is.EqualTo($"{i:0000}"));
        }));
        RelayHost.Until(() => host.Hub.Connections == 0 && host.Hub.Room is { Pairs: 0, Waiting: 0 }, "nothing is left");
    }

    // What one side has sent just before it begins to wait must not look like more from it.
    [Test]
    public async Task PairAfterPair_NobodyIsTakenForImpatient()
    {
        host = await RelayHost.StartAsync();
        for (var i = 0; i < 1000; i++)
        {
            using var a = host.Dial("fast");
            using var b = host.Dial("fast");
            await MeetAsync(a, b);
        }
    }

    [Test]
    public void WrongOptions_AreAllNamed()
    {
        host = RelayHost.StartAsync().Result;
        Assert.That(
            () => RelayHost.StartAsync(options =>
            {
                options.WaitTimeout = TimeSpan.Zero;
                options.BytesPerPair = 0;
                options.ConnectionsPerAddress = 0;
            }),
            Throws.InstanceOf<Microsoft.Extensions.Options.OptionsValidationException>()
                .With.Message.Contains("WaitTimeout").And.Message.Contains("BytesPerPair").And.Message.Contains("ConnectionsPerAddress"));
    }

    private static async Task MeetAsync(RelayLink a, RelayLink b)
    {
        await a.SendAsync(RelayLink.Request('a', "one"));
        await b.SendAsync(RelayLink.Request('a', "two"));
        Assert.That(await a.ReadAsync(3), Is.EqualTo("ok\n"));
        Assert.That(await b.ReadAsync(3), Is.EqualTo("ok\n"));
    }

    private static async Task<byte[]> PassAsync(RelayLink from, RelayLink to, byte[] bytes)
    {
        var sending = from.SendAsync(bytes);
        var received = new byte[bytes.Length];
        for (var read = 0; read < received.Length;)
        {
            var count = await to.ReceiveAsync(received.AsMemory(read)).WaitAsync(TimeSpan.FromSeconds(30));
            Assert.That(count, Is.Positive, $"the end came after {read} bytes");
            read += count;
        }

        await sending;
        return received;
    }
}
