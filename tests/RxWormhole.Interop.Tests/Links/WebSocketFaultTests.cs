using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Reactive;
using System.Reactive.Linq;
using System.Text;

namespace RxWormhole.Interop.Tests;

/// <summary>What a server of WebSockets may do, well or badly.</summary>
public sealed class WebSocketFaultTests
{
    private const int Limit = 4 << 20;

    [Test]
    public void BinaryAndFragmentedFrames_AreTaken()
    {
        var heard = Hear(async socket =>
        {
            await socket.SendAsync("binary"u8.ToArray(), WebSocketMessageType.Binary, true, CancellationToken.None);
            foreach (var part in new[] { "in ", "three ", "parts" })
                await socket.SendAsync(Encoding.UTF8.GetBytes(part), WebSocketMessageType.Text, part == "parts", CancellationToken.None);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        });
        Assert.That(heard.Where(each => each.HasValue).Select(each => Encoding.UTF8.GetString(each.Value.Span)), Is.EqualTo(new[] { "binary", "in three parts" }));
        Assert.That(heard[^1].Kind, Is.EqualTo(NotificationKind.OnCompleted), "a server that hangs up in good order");
    }

    [TestCase(Limit, true)]
    [TestCase(Limit + 1, false)]
    public void LongestFrame_IsFourMebibytes(int length, bool isTaken)
    {
        var heard = Hear(async socket =>
        {
            await socket.SendAsync(new byte[length], WebSocketMessageType.Text, true, CancellationToken.None);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        });
        if (isTaken)
            Assert.That(heard[0].Value.Length, Is.EqualTo(length));
        else
            Assert.That(heard.Single().Exception, Is.InstanceOf<LinkException>().With.Property("IsFatal").True.And.Message.Contains($"{Limit}"));
    }

    [Test]
    public void AnEndlessFrame_IsRefusedAndTheLinkLeft()
    {
        using var left = new ManualResetEventSlim();
        using var server = new KestrelMailbox("/odd", async socket =>
        {
            var part = new byte[1 << 20];
            while (!left.IsSet)
                await socket.SendAsync(part, WebSocketMessageType.Text, false, CancellationToken.None);
        });
        var heard = Listen(server.At("/odd"));
        Assert.That(heard.Single().Exception, Is.InstanceOf<LinkException>().With.Property("IsFatal").True);
        Assert.That(() => HasLinkTo(server.Address.Port), Is.False.After(20_000, 10));
        left.Set();
    }

    [TestCase(1012)]
    [TestCase(1013)]
    public void ServerRestarts_SaysWhenToComeBack(int status)
    {
        var heard = Hear(socket => socket.CloseAsync((WebSocketCloseStatus)status, "new version", CancellationToken.None));
        var lost = (LinkException)heard.Single().Exception!;
        Assert.That(lost.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(1)));
        Assert.That(lost.RetrySpread, Is.EqualTo(TimeSpan.FromSeconds(9)));
        Assert.That(lost.IsFatal, Is.False);
        Assert.That(lost.Message, Does.Contain("new version"));
    }

    [Test]
    public void ServerCloses_ItsReasonIsTold()
    {
        var heard = Hear(socket => socket.CloseAsync(WebSocketCloseStatus.PolicyViolation, "no bots", CancellationToken.None));
        Assert.That(heard.Single().Exception, Is.InstanceOf<LinkException>().With.Message.Contains("no bots"));
    }

    [Test]
    public void ServerBreaksOff_TheLinkIsLost()
    {
        var heard = Hear(socket =>
        {
            socket.Abort();
            return Task.CompletedTask;
        });
        Assert.That(heard.Single().Exception, Is.InstanceOf<LinkException>());
    }

    [Test]
    public void NoWebSocketThere_SaysSo()
    {
        using var server = new KestrelMailbox();
        var heard = Listen(server.At("/nothing-here"));
        Assert.That(heard.Single().Exception, Is.InstanceOf<LinkException>().With.Message.Contains("404"));
    }

    [Test]
    public void ServerThatSpeaksNoHttp_IsALinkError()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync();
            await client.GetStream().WriteAsync("SSH-2.0-OpenSSH_9.2\r\n"u8.ToArray());
        });
        var heard = Listen(new Uri($"ws://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/v1"));
        Assert.That(heard.Single().Exception, Is.InstanceOf<LinkException>());
        answering.Wait(TimeSpan.FromSeconds(20));
    }

    [Test]
    public void PlainServerUnderWss_SaysThatTlsFailed()
    {
        using var server = new KestrelMailbox();
        var heard = Listen(new UriBuilder(server.Address) { Scheme = "wss" }.Uri);
        Assert.That(heard.Single().Exception, Is.InstanceOf<LinkException>().With.Message.Contains("SSL"));
    }

    [Test]
    public void ServerThatNeverAnswersTheUpgrade_CanBeLeft()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var accepting = listener.AcceptTcpClientAsync();
        var link = WebSocketConnector.Default
            .Connect(new Uri($"ws://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/v1"), Observable.Never<ReadOnlyMemory<byte>>())
            .Subscribe(_ => { }, _ => { });
        using var client = accepting.Result;

        // One that is left before it asks for the upgrade is kept by the HTTP stack for a minute.
        Assert.That(client.GetStream().Read(new byte[4096]), Is.Positive);
        link.Dispose();
        Assert.That(() => IsClosed(client), Is.True.After(20_000, 10), "the socket is given back");
    }

    [Test]
    public void ServerThatStopsReading_DoesNotHoldTheSocketForLong()
    {
        using var accepted = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        using var server = new KestrelMailbox("/deaf", socket => Task.Run(() =>
        {
            accepted.Set();
            release.Wait(TimeSpan.FromSeconds(60));
        }));
        var frames = Enumerable.Repeat((ReadOnlyMemory<byte>)new byte[1 << 20], 64).ToObservable().Concat(Observable.Never<ReadOnlyMemory<byte>>());
        var link = WebSocketConnector.Default.Connect(server.At("/deaf"), frames).Subscribe(_ => { }, _ => { });
        Assert.That(accepted.Wait(TimeSpan.FromSeconds(20)), Is.True);
        Assert.That(HasLinkTo(server.Address.Port), Is.True);
        link.Dispose();
        Assert.That(() => HasLinkTo(server.Address.Port), Is.False.After(20_000, 10));
        release.Set();
    }

    private static bool HasLinkTo(int port) => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections()
        .Any(connection => connection.RemoteEndPoint.Port == port && connection.State == TcpState.Established);

    private static bool IsClosed(TcpClient client)
    {
        try
        {
            return client.Client.Poll(0, SelectMode.SelectRead) && client.Client.Receive(new byte[4096]) == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private static IList<Notification<ReadOnlyMemory<byte>>> Hear(Func<WebSocket, Task> serve)
    {
        using var server = new KestrelMailbox("/odd", serve);
        return Listen(server.At("/odd"));
    }

    private static IList<Notification<ReadOnlyMemory<byte>>> Listen(Uri server) => WebSocketConnector.Default
        .Connect(server, Observable.Never<ReadOnlyMemory<byte>>())
        .Materialize().ToList().Timeout(TimeSpan.FromSeconds(60)).Wait();
}
