using System.Text;
using RxWormhole.Protocol;

namespace RxWormhole.Testing.Tests;

/// <summary>Behind the links is the mailbox server of <c>RxWormhole.Protocol</c>, with nothing added and nothing left out.</summary>
public sealed class RulesTests : RawFixture
{
    private static readonly (string Client, string Frame)[] Flow =
    [
        ("alice", """{"type":"list"}"""),
        ("alice", """{"type":"bind","appid":"example.com/test","side":"a"}"""),
        ("bob", """{"type":"bind","appid":"example.com/test","side":"b"}"""),
        ("carol", """{"type":"bind","appid":"example.com/test","side":"c"}"""),
        ("dave", """{"type":"bind","appid":"example.com/other","side":"d"}"""),
        ("alice", """{"type":"allocate","id":"x1"}"""),
        ("bob", """{"type":"list"}"""),
        ("dave", """{"type":"list"}"""),
        ("bob", """{"type":"claim","nameplate":"4"}"""),
        ("alice", """{"type":"claim","nameplate":"4"}"""),
        ("carol", """{"type":"claim","nameplate":"4"}"""),
        ("alice", """{"type":"open","mailbox":"m"}"""),
        ("alice", """{"type":"add","phase":"pake","body":"00"}"""),
        ("bob", """{"type":"open","mailbox":"m"}"""),
        ("bob", """{"type":"add","phase":"pake","body":"01","id":7}"""),
        ("carol", """{"type":"open","mailbox":"m"}"""),
        ("alice", """{"type":"release"}"""),
        ("bob", """{"type":"nonsense"}"""),
        ("bob", "no json"),
        ("alice", """{"type":"close","mood":"happy"}"""),
        ("bob", """{"type":"close","mood":"scary"}"""),
        ("bob", """{"type":"ping","ping":3}"""),
    ];

    [Test]
    public void EveryFrame_IsAnsweredAsTheMailboxServerAnswersIt([Values(0, 1)] int seed)
    {
        StartServer(new VirtualRendezvousOptions { Seed = seed });
        var entropy = SeededEntropy.Create(seed);
        var server = new MemoryMailboxServer(new WelcomeInfo(), KeepPolicy.Reference);
        var expected = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        var connections = new SortedDictionary<int, string>();
        var links = new SortedDictionary<string, RawLink>(StringComparer.Ordinal);
        foreach (var client in new[] { "alice", "bob", "carol", "dave" })
        {
            links[client] = Dial(client);
            Advance(20);
            expected[client] = [];
            var (connection, welcome) = server.Connect();
            connections[connection] = client;
            Expect(welcome);
        }

        foreach (var (client, frame) in Flow)
        {
            links[client].Say(frame);
            Advance(20);
            var at = Rendezvous.Transcript.Entries.Last(entry => entry.Client == client && entry.Frame is { IsFromClient: true }).At;
            var random = new byte[MemoryMailboxServer.EntropyLength];
            entropy(random);
            var connection = connections.Single(each => each.Value == client).Key;
            Expect(server.Receive(connection, Encoding.UTF8.GetBytes(frame), new TestClock().Now + at, random).Deliveries);
        }

        Assert.Multiple(() =>
        {
            foreach (var (client, link) in links)
                Assert.That(link.Texts, Is.EqualTo(expected[client]), client);
        });

        void Expect(IEnumerable<Delivery> deliveries)
        {
            foreach (var delivery in deliveries)
                expected[connections[delivery.Connection]].Add(Encoding.UTF8.GetString(MessageCodec.Write(delivery.Message)));
        }
    }

    [Test]
    public void ServerThatHangsUp_CompletesTheLinkBehindWhatItSaid()
    {
        Rendezvous.Welcome = new WelcomeInfo { Permission = new PermissionRequired { Hashcash = new HashcashRequest(6, "here") } };
        using var link = Dial();
        Advance(20);
        link.Bind("a");
        link.Ping(1);
        Advance(20);
        Assert.That(link.Types, Is.EqualTo(new[] { "welcome", "error" }));
        Assert.That((link.IsCompleted, link.Offences.Count, Alice.LinksOpen), Is.EqualTo((true, 0, 0)));
    }

    private sealed class TestClock : Microsoft.Reactive.Testing.TestScheduler;
}
