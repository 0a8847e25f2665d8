using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RxWormhole.Server.Tests;

/// <summary>The limits of WebSockets are those of requests.</summary>
public sealed class PostLimitTests : PostFixture
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task RequestThatIsTooLong_IsRefused(bool knowsItsLength)
    {
        await Start(options => options.Limits.FrameBytes = 10_000);
        var body = $"[{Bind("aa")},{new string(' ', 10_000)}]";
        using var content = knowsItsLength ? new StringContent(body) : (HttpContent)new StreamContent(new Chunks(Encoding.UTF8.GetBytes(body)));
        using var response = await Client.SendAsync(HttpMethod.Post, content);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.StartWith("a message may have 10000 bytes"));
    }

    [Test]
    public async Task RequestAsLongAsAllowed_IsTaken()
    {
        await Start(options => options.Limits.FrameBytes = 40 << 20);
        var answer = await Client.PostAsync($"[{Bind("aa")},{new string(' ', 35 << 20)}" + """{"type":"ping","ping":1}]""");
        Assert.That(Types(answer), Does.Contain("pong"), "more than Kestrel takes by itself");
    }

    [Test]
    public async Task TooManyMessages_AreRefused()
    {
        await Start(options => (options.Limits.MessageBurst, options.Limits.MessagesPerSecond) = (20, 1));
        var pings = string.Join(',', Enumerable.Repeat("""{"type":"ping","ping":1}""", 40));
        using var response = await Client.SendAsync($"[{Bind("aa")},{pings}]");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(response.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.StartWith("too many messages"));
    }

    [Test]
    public async Task TooManyRequestsOfAnAddress_AreRefused()
    {
        await Start(options => (options.Limits.RequestsPerMinute, options.Limits.ExemptLoopback) = (3, false));
        for (var i = 0; i < 3; i++)
            await Client.PostAsync("[]");
        using var response = await Client.SendAsync("[]");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(response.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.StartWith("there are too many requests from your address"));
    }

    [Test]
    public async Task TooManyConnections_AreRefused()
    {
        await Start(options => options.Limits.Connections = 1);
        using var other = await HalfARequestAsync();
        Assert.That(() => Server.Connections, Is.EqualTo(1).After(20_000, 5));
        using var response = await Client.SendAsync("[]");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(response.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
        other.Close();
        Assert.That(() => Server.Connections, Is.Zero.After(20_000, 5), "one that was given up gives its place back");
        await Client.PostAsync("[]");
    }

    [Test]
    public async Task TooManyConnectionsOfAnAddress_AreRefused()
    {
        await Start(options => (options.Limits.ConnectionsPerAddress, options.Limits.ExemptLoopback) = (1, false));
        using var other = await HalfARequestAsync();
        Assert.That(() => Server.Connections, Is.EqualTo(1).After(20_000, 5));
        Assert.That((await Client.RefusedAsync("[]")).Status, Is.EqualTo(HttpStatusCode.TooManyRequests));
    }

    [Test]
    public async Task RequestThatDoesNotCome_IsNotWaitedFor()
    {
        await Start(options => options.Limits.BindDeadline = TimeSpan.FromMilliseconds(100));
        using var slow = await HalfARequestAsync();
        using var reader = new StreamReader(slow.GetStream());
        Assert.That(await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20)), Is.EqualTo("HTTP/1.1 408 Request Timeout"));
        Assert.That(() => Server.Connections, Is.Zero.After(20_000, 5));
    }

    [Test]
    public async Task MoreToAnswerThanMayWait_IsRefused()
    {
        await Start(options => (options.Limits.SizePerMailbox, options.Limits.UnsentSize) = (2000, 4000));
        var open = """{"type":"open","mailbox":"box"}""";
        await PostAsync("aa", open, $$"""{"type":"add","phase":"0","body":"{{new string('0', 1900)}}"}""");
        var ping = $$"""{"type":"ping","ping":"{{new string('0', 2500)}}"}""";
        Assert.That(await Client.RefusedAsync($"[{Bind("aa")},{open},{ping}]"), Is.EqualTo((HttpStatusCode.RequestEntityTooLarge, "the answer to this request is too long; ask for less at once")));
        Assert.That(Hub.Unsent, Is.Zero, "nothing waits any more");
        await PostAsync("aa", open);
        Assert.That(() => Hub.Unsent, Is.Zero.After(20_000, 5));
    }

    private async Task<TcpClient> HalfARequestAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPEndPoint.Parse(Server.Mailbox.Authority));
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST /v1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n["));
        return client;
    }

    /// <summary>Bytes that do not say how many they are.</summary>
    private sealed class Chunks(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
