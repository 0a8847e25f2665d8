using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Text;
using RxWormhole.Cli.Tests.Transfers;

namespace RxWormhole.Cli.Tests;

/// <summary>What is given as a code when the server is settled: whoever reads it, reads it alike.</summary>
public sealed class GivenCodeTests : CommandFixture
{
    private const string Server = "ws://server.example:4000/v1";

    [TestCase("7-crossover-clockwork", "7-crossover-clockwork")]
    [TestCase(" 7 Crossover Clockwork ", "7-crossover-clockwork")]
    [TestCase("wormhole-transfer:7-a-b?rendezvous=ws%3A%2F%2Fserver.example%3A4000", "7-a-b")]
    [TestCase("WORMHOLE-TRANSFER:7-my%20own?rendezvous=ws%3A%2F%2FSERVER.example%3A4000%2Fv1", "7-my-own")]
    [TestCase("wormhole-transfer:7-a-b", null)]
    [TestCase("wormhole-transfer:7-a-b?rendezvous=ws%3A%2F%2Fevil.example", null)]
    [TestCase("wormhole-transfer:7-a-b?rendezvous=ws%3A%2F%2Fserver.example%3A4000%2Fother", null)]
    [TestCase("wormhole-transfer:7-a-b?rendezvous=http%3A%2F%2Fserver.example%3A4000", null)]
    [TestCase("wormhole-transfer:7-a-b?rendezvous=ws%3A%2F%2Fserver.example%3A4000&role=leader", null)]
    [TestCase("wormhole-transfer:7-a-b?what=else", null)]
    [TestCase("crossover", null)]
    [TestCase("7", null)]
    [TestCase("7-", null)]
    [TestCase("-", null)]
    [TestCase("", null)]
    public void Given_IsACodeOrNone_WhoeverReadsIt(string typed, string? expected)
    {
        Assert.That(GivenCode.TryRead(typed, sends: false, new Uri(Server), out var given, out var problem), Is.EqualTo(expected is not null));
        Assert.That(given?.Text, Is.EqualTo(expected));
        Assert.That(problem is null, Is.EqualTo(given is not null));
        Assert.That(problem?.Advice, problem is null ? Is.Null : Is.Not.Empty);

        // Its lines are read by a thread, which has a clock of its own.
        var answered = new JsonFrontEnd(new MemoryStream(), new AnswerLines(() => new MemoryStream(Encoding.UTF8.GetBytes(typed + "\n"))))
            .EnterCode(Bob(DefaultScheduler.Instance), new CodeRequest(2, Sends: false, new Uri(Server))).Materialize().Select(each => (each.HasValue ? each.Value : null, (each.Exception as FailedException)?.Failure))
            .Timeout(TimeSpan.FromSeconds(30)).FirstAsync().Wait();

        var typing = new CodeTyping(Bob(Clock).InputCode(), new CodeRequest(2, Sends: false, new Uri(Server)), () => 80, Clock).EnterAsync(typed, CancellationToken.None);
        var piped = Receive("-", Usual with { Mailbox = new Uri(Server) }, new ScriptedFrontEnd().Answer("Code", typed));
        Advance(1);
        Assert.That(typing.Result, Is.EqualTo((expected, problem)));
        Assert.That(answered, Is.EqualTo((expected, problem)));
        Assert.That(piped.FrontEnd.Code, Is.EqualTo(expected));
        // With a code it goes on, and is one too many on this server.
        if (problem is not null)
            Assert.That(piped.FrontEnd.Failure, Is.EqualTo(problem));
    }

    [Test]
    public void Sender_TakesALinkThatIsForSenders()
    {
        const string Link = "wormhole-transfer:7-a-b?role=leader";
        Assert.That(GivenCode.Read(Link, sends: true, server: null), Is.EqualTo(new GivenCode("7-a-b", PublicServers.Mailbox)));
        Assert.That(GivenCode.TryRead("wormhole-transfer:7-a-b", sends: true, server: null, out _, out _), Is.False);
    }

    private Wormhole Bob(IScheduler clock) => Wormhole.Create(Network.OptionsFor(Rendezvous, PublicServers.FileTransfer, "bob") with { Scheduler = clock });
}
