using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Reactive.Testing;

namespace RxWormhole.Server.Tests;

/// <summary>Ten thousand hostile inputs against mailbox, HTTP and relay: nothing falls over, nothing is left, and honest clients notice nothing.</summary>
public sealed class HostileInputTests
{
    private const int Batches = 10;
    private const int FramesAtOnce = 35;
    private const int FrameBytes = 32 << 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly string[] Answers =
        ["ack", "nameplates", "allocated", "claimed", "released", "message", "closed", "pong", "error"];

    private readonly TestScheduler clock = new();
    private readonly LogRecorder logs = new(LogLevel.Error);
    private readonly MemoryMailboxStore store = new();
    private TestServer server = null!;

    [SetUp]
    public async Task Start() => server = await TestServer.StartAsync(
        options =>
        {
            options.LongestKeep = TimeSpan.FromHours(1);
            options.Limits = new MailboxLimits
            {
                ExemptLoopback = false, FrameBytes = FrameBytes, RequestsPerMinute = 1_000_000, MessageBurst = 1_000_000,
                MailboxesPerAddress = 1_000_000, NameplatesPerAddress = 1_000_000,
            };
        },
        options => (options.ExemptLoopback, options.ConnectionsPerMinute) = (false, 1_000_000),
        clock,
        store,
        logs);

    [TearDown]
    public async Task Stop()
    {
        foreach (var error in logs.Errors)
            TestContext.Out.WriteLine(error);
        await server.DisposeAsync();
        logs.Dispose();
        store.Dispose();
    }

    [Test]
    public async Task TenThousandInputs_LeaveTheServerAsItWas()
    {
        var seed = Environment.TickCount;
        TestContext.Out.WriteLine($"seed: {seed}");
        var random = new Random(seed);
        var (inputs, memory) = (0, 0L);
        for (var batch = 0; batch < Batches; batch++)
        {
            for (var i = 0; i < 18; i++)
                inputs += await SpeakAsync(random);
            inputs += await Task.Run(() => ThrowAsync(random, 120, server.Port, new HostileBytes(random).Http, isHttp: true));
            inputs += await Task.Run(() => ThrowAsync(random, 200, server.RelayEndPoint.Port, new HostileBytes(random).Relay, isHttp: false));
            inputs += await RelayAsync(random, 50);
            await BeHonestAsync(batch);
            Settle();
            if (batch == 1)
                memory = Memory();
        }

        Assert.That(inputs, Is.GreaterThanOrEqualTo(10_000));
        Assert.That(logs.Errors, Is.Empty);
        Assert.That(store.FindExpired(DateTimeOffset.MaxValue, 1), Is.Empty);
        Assert.That(Memory() - memory, Is.LessThan(8 << 20), "bytes more than after the first batches");
    }

    // A connection of which every frame is answered, whatever it is, and which lives unless a frame was too long.
    private async Task<int> SpeakAsync(Random random)
    {
        using var client = await server.DialAsync();
        var frames = new HostileFrames(random);
        if (random.Next(3) > 0)
            await client.AskAsync($$"""{"type":"bind","appid":"example.com/h{{random.Next(3)}}","side":"s{{random.Next(4)}}"}""");
        for (var i = 0; i < FramesAtOnce; i++)
        {
            var frame = frames.Next();
            var type = random.Next(2) == 0 ? WebSocketMessageType.Text : WebSocketMessageType.Binary;
            var cut = random.Next(4) == 0 ? random.Next(frame.Length) : 0;
            if (cut > 0)
                await client.SendAsync(frame.AsMemory(0, cut), type, isWhole: false);
            await client.SendAsync(frame.AsMemory(cut), type);
        }

        var answers = await client.HearAsync();
        Assert.That(answers, Is.Not.Null, $"the connection lives: {client.Goodbye}");
        foreach (var answer in answers!)
        {
            Assert.That(Answers, Does.Contain((string?)answer["type"]));
            if ((string?)answer["type"] == "error")
                Assert.That((string?)answer["error"], Is.Not.Empty);
        }

        Assert.That(answers, Has.Count.GreaterThan(FramesAtOnce / 2), "most are answered by more than an ack");
        switch (random.Next(3))
        {
            case 0:
                await client.SendAsync(new byte[FrameBytes + 1]);
                Assert.That((await client.ReadToEndAsync()).Code, Is.EqualTo(1009));
                break;
            case 1:
                await client.CloseAsync();
                break;
            default:
                // Just goes, perhaps in the middle of a message.
                await client.SendAsync("{"u8.ToArray(), isWhole: false);
                break;
        }

        return FramesAtOnce;
    }

    // Bytes on a connection of their own, which then ends in one way or another.
    private static async Task<int> ThrowAsync(Random random, int count, int port, Func<byte[]> next, bool isHttp)
    {
        for (var i = 0; i < count; i++)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, port);
            try
            {
                await socket.SendAsync(next());
                switch (random.Next(4))
                {
                    case 0:
                        socket.LingerState = new LingerOption(true, 0);
                        break;
                    case 1:
                        break;
                    default:
                        socket.Shutdown(SocketShutdown.Send);
                        var answer = await ReadAsync(socket);
                        if (isHttp)
                            Assert.That(answer, Does.Not.StartWith("HTTP/1.1 500"));
                        else
                            Assert.That(answer, Is.AnyOf("", "ok\n", "bad handshake\n", "impatient\n").Or.StartWith("ok\n"));
                        break;
                }
            }
            catch (SocketException)
            {
                // The server has had enough.
            }
        }

        return count;
    }

    private async Task<int> RelayAsync(Random random, int count)
    {
        var bytes = new HostileBytes(random);
        for (var i = 0; i < count; i++)
        {
            using var link = new RelayLink.Web(server.WebRelay);
            try
            {
                await link.SendAsync(bytes.Relay(), random.Next(4) == 0 ? WebSocketMessageType.Text : WebSocketMessageType.Binary, random.Next(3) > 0);
                if (random.Next(3) == 0)
                    await link.SendAsync(bytes.Relay());
                if (random.Next(3) == 0)
                    await link.FinishAsync();
            }
            catch (WebSocketException)
            {
                // The relay has had enough.
            }
        }

        return count;
    }

    private static async Task<string> ReadAsync(Socket socket)
    {
        var (buffer, text) = (new byte[4096], new StringBuilder());
        try
        {
            for (int count; (count = await socket.ReceiveAsync(buffer).WaitAsync(Patience)) > 0;)
                text.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
        catch (SocketException)
        {
            // An end, too.
        }

        return text.ToString();
    }

    private async Task BeHonestAsync(int batch)
    {
        var app = $"example.com/honest{batch}";
        using var a = await server.BindAsync("a", appId: app);
        using var b = await server.BindAsync("b", appId: app);
        var mailbox = (string)(await a.AskAsync("""{"type":"claim","nameplate":"4"}"""))[0]["mailbox"]!;
        await b.AskAsync("""{"type":"claim","nameplate":"4"}""");
        foreach (var client in new[] { a, b })
            Assert.That(await client.AskAsync($$"""{"type":"open","mailbox":"{{mailbox}}"}"""), Is.Empty);
        await a.AskAsync("""{"type":"add","phase":"pake","body":"00ff"}""");
        Assert.That((string?)(await b.HearAsync())!.Single()["body"], Is.EqualTo("00ff"));
        foreach (var client in new[] { a, b })
            Assert.That(await client.AskAsync("""{"type":"release"}"""), Has.Count.EqualTo(1));
        foreach (var client in new[] { a, b })
            Assert.That((string?)(await client.AskAsync("""{"type":"close"}"""))[^1]["type"], Is.EqualTo("closed"));
        using var one = new RelayLink.Tcp(server.RelayEndPoint);
        using var two = new RelayLink.Web(server.WebRelay);
        await one.SendAsync(RelayLink.Request('Z', "one"));
        await two.SendAsync(RelayLink.Request('Z', "two"));
        Assert.That((await one.ReadAsync(3), await two.ReadAsync(3)), Is.EqualTo(("ok\n", "ok\n")));
        await one.SendAsync("hello");
        Assert.That(await two.ReadAsync(5), Is.EqualTo("hello"));
    }

    // Everybody has gone, or is sent away in time; and then what they left is too old.
    private void Settle()
    {
        TestServer.Until(
            () =>
            {
                clock.AdvanceBy(TimeSpan.FromSeconds(5).Ticks);
                return server.Hub is { Connections: 0, Unsent: 0, Subscriptions.Count: 0, Open.IsEmpty: true }
                    && server.Relay is { Connections: 0, Door.Addresses: 0, Room: { Waiting: 0, Pairs: 0 } };
            },
            "nobody is there any more");
        clock.AdvanceBy(TimeSpan.FromMinutes(65).Ticks);
        TestServer.Until(() => server.Hub is { Ledger.Count: 0, Store.Size: 0 }, "nothing is left");
    }

    private static long Memory()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
