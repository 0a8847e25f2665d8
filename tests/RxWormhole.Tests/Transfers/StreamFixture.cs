using RxWormhole.Protocol;
using RxWormhole.Testing;
using RxWormhole.Tests.Transit;

namespace RxWormhole.Tests.Transfers;

/// <summary>What is sent is a stream that can be read once, and the disks are virtual.</summary>
public abstract class StreamFixture : TransferFixture
{
    private protected VirtualFiles Spool { get; private set; } = null!;

    private protected VirtualFiles Sink { get; private set; } = null!;

    private protected ReceiveOptions In => new() { Sink = Sink, Folder = "/in" };

    private protected SendOptions Out => new() { Spool = Spool, SpoolFolder = "/tmp" };

    /// <summary>How often the source was asked for bytes.</summary>
    private protected int Asked { get; private set; }

    [SetUp]
    public void MakeDisks()
    {
        Spool = new VirtualFiles(Clock);
        Spool.AddFolder("/tmp");
        Sink = new VirtualFiles(Clock);
        Sink.AddFolder("/in");
        Asked = 0;
    }

    /// <summary>Who knows everything but streams.</summary>
    private protected WormholeOptions OfEarlierVersion(string client) => ForFiles(client) with
    {
        AppVersions = AppVersions.Parse("""{"abilities":["transfer-v1"],"rxwormhole":{"transfer":1}}"""),
    };

    private protected (Wormhole Alice, Wormhole Bob) Meet(WormholeOptions sender, WormholeOptions receiver)
    {
        var (alice, bob) = (Create(sender), Create(receiver));
        var code = Record(alice.AllocateCode());
        Advance(0.5);
        bob.SetCode(code.Values.Single()).Subscribe();
        return (alice, bob);
    }

    /// <summary>A stream of bytes.</summary>
    /// <param name="length">How many.</param>
    /// <param name="failsAfter">After how many it fails, or null.</param>
    /// <param name="waitsAfter">After how many it lets one wait, or null.</param>
    /// <param name="seconds">For how long; for ever if that is null.</param>
    private protected Stream Source(int length, int? failsAfter = null, int? waitsAfter = null, double? seconds = null)
    {
        var bytes = Bytes(length);
        var at = 0;
        return new StrangeStream
        {
            Reading = async (buffer, _) =>
            {
                Asked++;
                if (failsAfter <= at)
                    throw new IOException("it is gone");
                if (waitsAfter <= at)
                {
                    waitsAfter = null;
                    await Later(seconds);
                }

                var count = Math.Min(Math.Min(buffer.Length, bytes.Length - at), (failsAfter ?? waitsAfter ?? int.MaxValue) - at);
                bytes.AsMemory(at, count).CopyTo(buffer);
                at += count;
                return count;
            },
        };
    }

    /// <summary>Waits in virtual time, for ever if that is null, and takes no notice of who cancels.</summary>
    private protected Task Later(double? seconds)
    {
        var done = new TaskCompletionSource();
        if (seconds is { } time)
            Clock.ScheduleRelative(0, TimeSpan.FromSeconds(time).Ticks, (_, _) => { done.SetResult(); return System.Reactive.Disposables.Disposable.Empty; });
        return done.Task;
    }

    private protected void AssertArrived(int length, string name = Content)
    {
        Assert.That(Sink.Read("/in/" + name).AsSpan().SequenceEqual(Bytes(length)), Is.True);
        Assert.That(Sink.Paths, Is.EqualTo(new[] { "/in/", "/in/" + name }));
        AssertNothingOpen();
    }

    private protected void AssertNothingLeft()
    {
        Assert.That(Sink.Paths, Is.EqualTo(new[] { "/in/" }));
        AssertNothingOpen();
    }

    private protected void AssertNothingOpen()
    {
        Assert.That((Sink.Open, Spool.Open, Spool.Used), Is.EqualTo((0, 0, 0L)));
        Assert.That(Spool.Paths, Is.EqualTo(new[] { "/tmp/" }));
        Assert.That(Network.LeftBehind, Is.Empty);
    }
}
