using System.Net;
using System.Reactive.Linq;
using Microsoft.Reactive.Testing;
using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Links;

/// <summary>Whole sessions over HTTP in virtual time: whatever request or answer is lost, every message arrives once, in order, and nothing is left.</summary>
public sealed class HttpSessionTests
{
    private static readonly string[] FromAlice = ["alice 0", "alice 1"];
    private static readonly string[] FromBob = ["bob 0", "bob 1"];

    private TestScheduler clock = new();
    private VirtualHttp server = null!;
    private Func<HttpMessageHandler>? front;

    [SetUp]
    public void Begin()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        clock = new TestScheduler();
        server = new VirtualHttp(clock);
        front = null;
    }

    [TearDown]
    public void Dispose() => server.Dispose();

    [TestCase(LinkMode.Push, LinkMode.Push)]
    [TestCase(LinkMode.Poll, LinkMode.Poll)]
    [TestCase(LinkMode.Push, LinkMode.Poll)]
    public void NothingIsLost_BothSidesEndWell(LinkMode alice, LinkMode bob) => Run(alice, bob);

    [Test]
    public void PollThatFindsNothing_TakesTwoRequests()
    {
        using var alice = Wormhole.Create(Options("alice", LinkMode.Poll));
        alice.SetCode("4-a-b").Subscribe();
        clock.AdvanceBy(TimeSpan.FromSeconds(10).Ticks);
        Assert.That(server.Requests.Skip(3).Where((_, i) => i % 2 == 0), Has.All.EqualTo("[]"));
        Assert.That(server.Requests[^2..].Count(request => request == "[]"), Is.EqualTo(1));
        Assert.That(server.Requests, Has.Count.InRange(40, 45), "twice a second");
    }

    [TestCase(LinkMode.Push)]
    [TestCase(LinkMode.Poll)]
    public void OneRequestIsLost_BothSidesEndWell(LinkMode mode)
    {
        for (var (n, last) = (1, Run(mode, mode)); n <= last; n++)
        {
            Begin();
            server.LosesRequest = number => number == n && !IsFirst(number);
            Run(mode, mode, $"request {n} was lost");
        }
    }

    [TestCase(LinkMode.Push)]
    [TestCase(LinkMode.Poll)]
    public void OneAnswerIsLost_BothSidesEndWell(LinkMode mode)
    {
        for (var (n, last) = (1, Run(mode, mode)); n <= last; n++)
        {
            Begin();
            server.LosesAnswer = number => number == n && !IsFirst(number);
            Run(mode, mode, $"answer {n} was lost");
        }
    }

    [TestCase(LinkMode.Push)]
    [TestCase(LinkMode.Poll)]
    public void OneAnswerIsCut_BothSidesEndWell(LinkMode mode)
    {
        for (var (n, last) = (1, Run(mode, mode)); n <= last; n++)
        {
            Begin();
            server.CutsAnswer = number => number == n && !IsFirst(number) ? 150 : null;
            Run(mode, mode, $"answer {n} was cut");
        }
    }

    [TestCase(LinkMode.Push, 3)]
    [TestCase(LinkMode.Push, 4)]
    [TestCase(LinkMode.Poll, 3)]
    [TestCase(LinkMode.Poll, 4)]
    [TestCase(LinkMode.Poll, 5)]
    public void EveryNthAnswerIsLost_BothSidesEndWell(LinkMode mode, int every)
    {
        front = () => new Losing(server, every, () => throw new HttpRequestException("the answer was lost"));
        Run(mode, mode);
    }

    [TestCase(LinkMode.Push)]
    [TestCase(LinkMode.Poll)]
    public void ServerIsBusyNowAndThen_BothSidesEndWell(LinkMode mode)
    {
        front = () => new Losing(server, 5, () => new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Content = new StringContent("slow down") });
        Run(mode, mode);
    }

    [Test]
    public void ServerForgetsBetweenTwoRequests_WhatWasSaidIsSaidAgain()
    {
        Run(LinkMode.Push, LinkMode.Push);
        var closing = server.Requests.FindIndex(request => request.Contains("\"close\"", StringComparison.Ordinal)) + 1;
        var seen = server.Requests.FindLastIndex(request => request.Contains("\"phase\":\"version\"", StringComparison.Ordinal)) + 1;

        // From when both have seen the other: before that, one may claim another mailbox while the other holds on to the first. Until the first one leaves:
        // nobody else has what it said.
        Assert.That(closing - seen, Is.GreaterThan(2));
        for (var n = seen + 1; n < closing; n++)
        {
            Begin();
            server.Replaces = number =>
            {
                if (number == n)
                    server.Mailboxes.Forget();
                return null;
            };
            Run(LinkMode.Push, LinkMode.Push, $"forgotten before request {n}");
        }
    }

    // In push mode a session whose very first link cannot be made ends at once.
    private bool IsFirst(int number) => server.Requests[number - 1] == "[]" && server.Requests.Take(number - 1).Count(request => request != "[]") < 2;

    private int Run(LinkMode alice, LinkMode bob, string? what = null)
    {
        var (received, closed) = (new[] { new List<string>(), new List<string>() }, new List<CloseResult>());
        using var a = Wormhole.Create(Options("alice", alice));
        using var b = Wormhole.Create(Options("bob", bob));
        var flows = new[]
        {
            VirtualTime.StartInline(() => Flow(a, FromAlice, received[0], closed, async () => await b.SetCode(await a.AllocateCode()))),
            VirtualTime.StartInline(() => Flow(b, FromBob, received[1], closed, async () => await b.Code)),
        };
        for (var second = 0; second < 250 && !flows.All(flow => flow.IsCompleted); second++)
            clock.AdvanceBy(TimeSpan.FromSeconds(1).Ticks);
        foreach (var flow in flows)
            Assert.That(flow.IsCompletedSuccessfully, Is.True, () => $"{what}\n{flow.Status}: {flow.Exception?.InnerException}\n{string.Join('\n', server.Requests)}");
        Assert.Multiple(() =>
        {
            Assert.That(received[0], Is.EqualTo(FromBob), what);
            Assert.That(received[1], Is.EqualTo(FromAlice), what);
            Assert.That(closed, Is.EqualTo(new[] { new CloseResult(Mood.Happy, true), new CloseResult(Mood.Happy, true) }), what);
            foreach (var mailboxes in server.Mailboxes.Applications.Values)
            {
                Assert.That(mailboxes.Nameplates, Is.Empty, what);
                Assert.That(mailboxes.Mailboxes, Is.Empty, what);
            }
        });
        clock.AdvanceBy(TimeSpan.FromMinutes(5).Ticks);
        Assert.That(server.UnderWay, Is.Zero);
        return server.Requests.Count;
    }

    private static async Task Flow(Wormhole wormhole, string[] messages, List<string> received, List<CloseResult> closed, Func<Task<string>> begin)
    {
        await begin();
        foreach (var message in messages)
            await wormhole.Send(message);
        for (var i = 0; i < messages.Length; i++)
            received.Add((await wormhole.Receive()).Text);
        closed.Add(await wormhole.Close());
    }

    private WormholeOptions Options(string name, LinkMode mode) => new()
    {
        AppId = "example.com/http",
        Rendezvous = server.Address,
        Connector = new HttpConnector(front?.Invoke() ?? server) { Scheduler = clock },
        Scheduler = clock,
        Mode = mode,
        Entropy = SeededEntropy.Create(3, name),
    };

    /// <summary>Loses every so many answers of one side, from its fourth request on.</summary>
    private sealed class Losing(HttpMessageHandler server, int every, Func<HttpResponseMessage> instead) : DelegatingHandler(server)
    {
        private int requests;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var number = ++requests;
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return number > 3 && number % every == 0 ? instead() : response;
        }
    }
}
