using System.Net;
using System.Reactive.Linq;
using Microsoft.Extensions.DependencyInjection;
using RxWormhole.Protocol;

namespace RxWormhole.Server.Tests;

/// <summary>Whole sessions over HTTP through a server that runs: both modes, the other side over WebSockets, and with losses.</summary>
public sealed class HttpSessionTests
{
    private static readonly PollingSchedule Quick = new(new PollingStep(TimeSpan.Zero, TimeSpan.FromMilliseconds(50)));
    private static readonly string[] FromAlice = ["alice 0", "alice 1"];
    private static readonly string[] FromBob = ["bob 0", "bob 1"];

    private WormholeServer server = null!;

    [SetUp]
    public Task StartServer() => StartServer(_ => { });

    [TearDown]
    public async Task StopServer() => await server.DisposeAsync();

    private async Task StartServer(Action<MailboxServerOptions> configure)
    {
        if (server is not null)
            await server.DisposeAsync();
        server = await WormholeServer.StartAsync(new WormholeServerOptions { RelayEndPoint = null, Mailbox = configure });
    }

    [TestCase(LinkMode.Push, LinkMode.Push)]
    [TestCase(LinkMode.Poll, LinkMode.Poll)]
    [TestCase(LinkMode.Push, LinkMode.Poll)]
    public Task BothOverHttp_EndWell(LinkMode alice, LinkMode bob) => RunAsync(Options(alice), Options(bob));

    [TestCase(LinkMode.Push, LinkMode.Push)]
    [TestCase(LinkMode.Poll, LinkMode.Push)]
    [TestCase(LinkMode.Push, LinkMode.Poll)]
    public async Task OneOverHttpAndOneOverWebSockets_EndWell(LinkMode http, LinkMode sockets)
    {
        await RunAsync(Options(http), Options(sockets) with { Connector = WebSocketConnector.Default });
        await RunAsync(Options(sockets) with { Connector = WebSocketConnector.Default }, Options(http));
    }

    [TestCase(LinkMode.Push)]
    [TestCase(LinkMode.Poll)]
    public async Task ServerWantsWork_IsShownIt(LinkMode mode)
    {
        await StartServer(options => options.HashcashBits = options.HashcashBitsAtFullLoad = 6);
        await RunAsync(Options(mode), Options(mode));
    }

    [TestCase(LinkMode.Push, true)]
    [TestCase(LinkMode.Push, false)]
    [TestCase(LinkMode.Poll, true)]
    [TestCase(LinkMode.Poll, false)]
    public Task SeveralRequestsOrAnswersAreLost_BothEndWell(LinkMode mode, bool isAnswer) =>
        RunAsync(Options(mode, new Losing(isAnswer, 4, 6, 9, 13)), Options(mode, new Losing(isAnswer, 3, 4, 7, 12)));

    private async Task RunAsync(WormholeOptions alice, WormholeOptions bob)
    {
        await using var a = Wormhole.Create(alice);
        await using var b = Wormhole.Create(bob);
        var flows = Task.WhenAll(
            FlowAsync(a, FromAlice, FromBob.Length, async () => await b.SetCode(await a.AllocateCode())),
            FlowAsync(b, FromBob, FromAlice.Length, async () => await b.Code));
        var ended = await flows.WaitAsync(TimeSpan.FromMinutes(3));
        Assert.That(ended[0].Received, Is.EqualTo(FromBob));
        Assert.That(ended[1].Received, Is.EqualTo(FromAlice));
        Assert.That(ended.Select(each => each.Closed), Is.All.EqualTo(new CloseResult(Mood.Happy, true)));

        Assert.That(Store.FindExpired(DateTimeOffset.MaxValue, 10), Is.Empty, "no mailbox is left, so no nameplate and no message either");
    }

    private IMailboxStore Store => server.Services.GetRequiredService<IMailboxStore>();

    private static async Task<(List<string> Received, CloseResult Closed)> FlowAsync(Wormhole wormhole, string[] messages, int expected, Func<Task<string>> begin)
    {
        await begin();
        foreach (var message in messages)
            await wormhole.Send(message);
        var received = new List<string>();
        for (var i = 0; i < expected; i++)
            received.Add((await wormhole.Receive()).Text);
        return (received, await wormhole.Close());
    }

    private WormholeOptions Options(LinkMode mode, HttpMessageHandler? handler = null) => new()
    {
        AppId = "example.com/http",
        Rendezvous = server.Mailbox,
        Connector = new HttpConnector(handler) { PollInterval = TimeSpan.FromMilliseconds(50) },
        Mode = mode,
        Schedule = Quick,
        Timeout = TimeSpan.FromMinutes(2),
    };

    /// <summary>Loses some requests or answers of one side, by their numbers from 1.</summary>
    private sealed class Losing(bool isAnswer, params int[] which) : DelegatingHandler(new SocketsHttpHandler())
    {
        private int requests;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var isLost = which.Contains(++requests);
            if (isLost && !isAnswer)
                throw new HttpRequestException("the request was lost");
            var response = await base.SendAsync(request, cancellationToken);
            if (!isLost)
                return response;
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            await response.Content.ReadAsByteArrayAsync(cancellationToken);
            response.Dispose();
            throw new HttpRequestException("the answer was lost");
        }
    }
}
