using System.Reactive;
using System.Reactive.Linq;
using System.Text;
using RxWormhole.Protocol;

namespace RxWormhole.Tests.Transfers;

/// <summary>A sender of a stream that does not keep to the rules.</summary>
public sealed class HostileStreamTests : StreamFixture
{
    private const string Offer = """{"offer": {"rxwormhole": {"stream": {"filename": "content.bin"}}}}""";

    [Test]
    public void SenderDiesInTheMiddle_IsNoFile([Values(0, 1, 3)] int records)
    {
        var (peer, _, received) = Receive(link => Say(link, records), isForGood: true);
        Advance(5);
        peer.Dispose();
        Advance(600);
        Assert.That(Failure<TransitException>(received).Fault, Is.EqualTo(TransitFault.Lost));
        AssertNothingLeft();
    }

    [Test]
    public void EndIsAnnounced_IsTheFile()
    {
        var (_, _, received) = Receive(link => Say(link, 3).Concat(link.SendRecord(default)));
        Advance(10);
        AssertDone(received, 3000);
        Assert.That(Sink.Read("/in/" + Content), Has.Length.EqualTo(3000));
    }

    [Test]
    public void MoreComesBehindTheEnd_IsNoFile()
    {
        // While the first bytes are written, all of it comes.
        Sink.BytesPerSecond = 9;
        var (_, _, received) = Receive(link => link.SendRecord(new byte[10]).Concat(link.SendRecord(default)).Concat(link.SendRecord(new byte[10])));
        Advance(10);
        Assert.That(Failure<TransitException>(received).Fault, Is.EqualTo(TransitFault.TooMuch));
        Assert.That(Sink.Paths, Is.EqualTo(new[] { "/in/" }));
    }

    [Test]
    public void NothingButSignsOfLife_CanBeCancelled()
    {
        var (_, subscription, received) = Receive(link => Observable.Interval(TimeSpan.FromSeconds(1), Clock).SelectMany(_ => link.SendRecord(new byte[1])));
        Advance(600);
        Assert.That(received.IsOver, Is.False);
        Assert.That(received.Values[^1].Bytes, Is.Zero);
        subscription.Dispose();
        Advance(5);
        AssertNothingLeft();
    }

    [Test]
    public void PeerNeverSaidThatItKnowsStreams_IsAnUnknownOffer([Values] bool isOfEarlierVersion)
    {
        var peer = Create(isOfEarlierVersion ? OfEarlierVersion("alice") : ForFilesOfOthers("alice"));
        var ours = Create(ForFiles("bob"));
        var code = Record(peer.AllocateCode());
        Advance(0.5);
        ours.SetCode(code.Values.Single()).Subscribe();
        var said = Record(peer.Messages);
        peer.Send("""{"transit": {"abilities-v1": [], "hints-v1": []}}""");
        peer.Send(Offer);
        var offers = Record(ours.ReceiveOffer(In));
        Advance(5);
        Assert.That(offers.Error, Is.InstanceOf<TransferException>().With.Property("Fault").EqualTo(TransferFault.BadMessage));
        Assert.That(said.Values.Single().Text, Does.Contain("unknown offer type"));
    }

    private static IObservable<Unit> Say(TransitLink link, int records) => Enumerable.Range(0, records).Select(_ => link.SendRecord(new byte[1001])).Concat();

    private (Wormhole Peer, IDisposable Receiving, Recorder<TransferProgress> Received) Receive(Func<TransitLink, IObservable<Unit>> say, bool isForGood = false)
    {
        var peer = Create(ForFiles("alice"));
        var ours = Create(ForFiles("bob"));
        var code = Record(peer.AllocateCode());
        Advance(0.5);
        ours.SetCode(code.Values.Single()).Subscribe();
        IDisposable? receiving = null;
        var received = Accept(ours, In, subscription => receiving = subscription);
        var key = Record(peer.DeriveKey(TransitKeys.Purpose(PublicServers.FileTransfer), 32));
        TransitSetup? setup = null;
        new TransitSetup(peer.Transit).Listen().Subscribe(made => setup = made);
        Advance(1);
        peer.Send(Encoding.UTF8.GetString(TransferCodec.Write(new TransferMessage.Transit(setup!.Ours))));
        peer.Send(Offer);
        peer.Messages
            .Select(message => JsonHas(message.Text, out var transit) ? transit : null)
            .Where(transit => transit is not null)
            .Take(1)
            .SelectMany(theirs => setup.Connect(TransitRole.Sender, key.Values.Single(), theirs!))
            .SelectMany(link => say(link).Finally(() =>
            {
                if (isForGood)
                    link.Dispose();
            }))
            .Subscribe(_ => { }, _ => { });
        Advance(1);
        return (peer, receiving!, received);
    }

    private static bool JsonHas(string text, out TransitMessage? transit)
    {
        TransferCodec.TryRead(Encoding.UTF8.GetBytes(text), out var messages, out _);
        transit = messages.OfType<TransferMessage.Transit>().Select(each => each.Message).FirstOrDefault();
        return transit is not null;
    }
}
