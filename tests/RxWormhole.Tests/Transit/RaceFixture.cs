using System.Collections.Immutable;
using System.Reactive.Linq;
using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Transit;

/// <summary>Two sides of a race in a virtual network, and raw ends for what no honest side does.</summary>
public abstract class RaceFixture : VirtualTimeFixture
{
    private protected static readonly byte[] TransitKey = [.. Enumerable.Range(0, 32).Select(each => (byte)each)];

    private protected LogRecorder Log { get; private set; } = new();

    protected VirtualNetwork Network { get; private set; } = null!;

    [SetUp]
    public void MakeNetwork()
    {
        Log = new LogRecorder();
        MakeNetwork(new VirtualNetworkOptions());
    }

    [TearDown]
    public void ShowWhatHappened() => TestContext.Out.WriteLine(Network.Transcript.ToString());

    protected void MakeNetwork(VirtualNetworkOptions options) => Network = new VirtualNetwork(Clock, options);

    /// <summary>A host's options, with the network's relays.</summary>
    private protected TransitOptions OptionsOf(string host) => new() { Connector = Network.Host(host), Relays = [.. Network.Relays.Select(relay => relay.Hint)] };

    private protected TransitSetup Begin(string host, Func<TransitOptions, TransitOptions>? change = null) => BeginRecorded(host, change).Values.Single();

    private protected Recorder<TransitSetup> BeginRecorded(string host, Func<TransitOptions, TransitOptions>? change = null)
    {
        var options = (change ?? (same => same))(OptionsOf(host));
        var env = new TransitEnvironment(
            options, Clock, SeededEntropy.Create(1, host), new Edge(Clock, error => Assert.Fail(error.ToString())), null, new TransitLog(Log, host));
        return Record(new TransitSetup(env).Listen());
    }

    private protected Recorder<TransitLink> Connect(TransitSetup setup, TransitRole role, TransitMessage theirs) => Connect(setup, role, theirs, out _);

    private protected Recorder<TransitLink> Connect(TransitSetup setup, TransitRole role, TransitMessage theirs, out IDisposable subscription) =>
        Record(setup.Connect(role, TransitKey, theirs), out subscription);

    /// <summary>Both sides, at the same time, Alice in the role that is given.</summary>
    private protected (Recorder<TransitLink> Alice, Recorder<TransitLink> Bob) Race(
        TransitRole role = TransitRole.Sender, Func<TransitOptions, TransitOptions>? alice = null, Func<TransitOptions, TransitOptions>? bob = null)
    {
        var (a, b) = (Begin("alice", alice), Begin("bob", bob));
        var other = role == TransitRole.Sender ? TransitRole.Receiver : TransitRole.Sender;
        return (Connect(a, role, b.Ours), Connect(b, other, a.Ours));
    }

    private protected static TransitMessage Message(params TransitHint[] hints) => new([TransitMessage.DirectTcp, TransitMessage.Relay], [.. hints]);

    /// <summary>What a hand-made end at a host hears and says.</summary>
    private protected RawEnd Dial(string host, TransitHint way)
    {
        var end = new RawEnd(() => Now);
        Network.Host(host).Dial(way).Subscribe(end.Take, error => end.Refusal = error);
        return end;
    }

    /// <summary>Hand-made ends at a host where somebody listens, as they come, and the hint to them.</summary>
    private protected DirectHint Listen(string host, List<RawEnd> accepted)
    {
        ImmutableArray<DirectHint> hints = [];
        Network.Host(host).Listen(TransitPorts.Any).Subscribe(listener =>
        {
            hints = listener.Hints;
            listener.Connections.Subscribe(connection =>
            {
                var end = new RawEnd(() => Now);
                accepted.Add(end);
                end.Take(connection);
            });
        });
        return hints[0];
    }

    private protected static string Line(TransitRole role, byte[]? transitKey = null)
    {
        using var keys = new TransitKeys(transitKey ?? TransitKey);
        return System.Text.Encoding.ASCII.GetString(keys.Handshake(role));
    }

    private protected static void AssertConnected((Recorder<TransitLink> Alice, Recorder<TransitLink> Bob) race, bool isRelayed)
    {
        Assert.Multiple(() =>
        {
            Assert.That(race.Alice.Error, Is.Null);
            Assert.That(race.Bob.Error, Is.Null);
            Assert.That(race.Alice.Values.Select(link => link.Route.IsRelayed), Is.EqualTo(new[] { isRelayed }));
            Assert.That(race.Bob.Values.Select(link => link.Route.IsRelayed), Is.EqualTo(new[] { isRelayed }));
            Assert.That(race.Alice.IsCompleted && race.Bob.IsCompleted, Is.True);
        });
    }

    private protected static void AssertFailed(Recorder<TransitLink> side, TransitFault fault, double at)
    {
        Assert.Multiple(() =>
        {
            Assert.That((side.Error as TransitException)?.Fault, Is.EqualTo(fault), side.Error?.ToString() ?? "no error");
            Assert.That(side.EndedAt, Is.EqualTo(at).Within(0.1));
        });
    }
}
