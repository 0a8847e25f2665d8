using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using RxWormhole.Interop.Tests;

namespace RxWormhole.Cli.Tests;

/// <summary><c>rxwormhole serve</c> is asked to end: its clients are told to come back, and it is gone soon.</summary>
public sealed class ServeShutdownTests
{
    private const WebSocketCloseStatus ServiceRestart = (WebSocketCloseStatus)1012;

    private static readonly HttpClient Http = new();

    [Test]
    public async Task Terminated_ClientsAreToldToComeBackAndItEndsWellAtOnce()
    {
        using var server = new ServeProcess(relay: "127.0.0.1:0");
        var clients = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => RawMailbox.ConnectAsync(server.Mailbox)));
        await Task.WhenAll(clients.Select(client => client.BindAsync()));
        var time = Stopwatch.StartNew();
        server.Process.Terminate();
        foreach (var client in clients)
        {
            Assert.That(await client.HearAsync(), Is.Null);
            Assert.That(client.Socket.CloseStatus, Is.EqualTo(ServiceRestart));
            await client.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
            client.Dispose();
        }

        server.Process.WaitForExit();
        Assert.That(server.Process.ExitCode, Is.Zero, server.Process.Errors);
        Assert.That(time.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)), "it waits for nobody who is gone");
    }

    [Test]
    public async Task ClientThatDoesNotAnswer_IsWaitedForWhileOthersAreToldThatItIsNotReady()
    {
        using var server = new ServeProcess(options: ["--set", "Mailbox:DrainTime=00:00:30"]);
        using var client = await RawMailbox.ConnectAsync(server.Mailbox);
        await client.BindAsync();
        server.Process.Terminate();
        Assert.That(await client.HearAsync(), Is.Null);
        using (var answer = await Http.GetAsync(new Uri($"http://{server.Mailbox.Authority}/readyz")))
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        using (var answer = await Http.GetAsync(new Uri($"http://{server.Mailbox.Authority}/healthz")))
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await client.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        server.Process.WaitForExit();
        Assert.That(server.Process.ExitCode, Is.Zero, server.Process.Errors);
    }
}
