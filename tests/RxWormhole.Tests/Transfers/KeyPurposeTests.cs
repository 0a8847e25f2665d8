using System.Reactive.Linq;
using System.Security.Cryptography;
using System.Text;
using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Transfers;

/// <summary>Another application id, under which the Python client still has the transit key of the usual one.</summary>
public sealed class KeyPurposeTests : TransferFixture
{
    private const string AppId = "example.com/other";

    private static string OfPython => TransitKeys.Purpose(PublicServers.FileTransfer);

    [TestCase(null)]
    [TestCase("example.com/of its own")]
    public void BothHaveTheSame_TheTransferIsMadeAndGoesOnWhenItIsInterrupted(string? purpose)
    {
        Network.Host("bob").Faults = new NetworkFaults { CutAfter = 500_000 };
        var (sent, received) = Transfer(Other("alice", purpose), Other("bob", purpose));
        Advance(5);
        Network.Host("bob").Faults = NetworkFaults.None;
        Advance(300);
        AssertDone(sent, 1_000_000, isOrdered: false);
        AssertDone(received, 1_000_000);
    }

    [Test]
    public void OneHasAnother_TheyDoNotConnect()
    {
        var (sent, received) = Transfer(Other("alice", OfPython), Other("bob", null));
        Advance(300);
        Assert.That(Failure<WormholeException>(sent), Is.Not.Null);
        Assert.That(Failure<WormholeException>(received), Is.Not.Null);
        Assert.That(Received, Is.Empty);
    }

    [Test]
    public void ThatOfThePythonClient_IsTheKeyOfThatClient()
    {
        var peer = Create(Other("peer", null) with { AppVersions = AppVersions.None });
        var options = Other("ours", OfPython);
        var ours = Create(options with { Transit = options.Transit with { Relays = [] } });
        var code = Record(peer.AllocateCode());
        Advance(0.5);
        ours.SetCode(code.Values.Single()).Subscribe();
        var said = Record(peer.Messages);
        var sent = Record(ours.SendFile(Make(Content, 1000)));
        var key = Record(peer.DeriveKey("lothar.com/wormhole/text-or-file-xfer/transit-key", 32));
        TransitSetup? setup = null;
        new TransitSetup(peer.Transit).Listen().Subscribe(made => setup = made);
        Advance(2);
        peer.Send(Encoding.UTF8.GetString(TransferCodec.Write(new TransferMessage.Transit(setup!.Ours))));
        peer.Send("""{"answer": {"file_ack": "ok"}}""");
        TransferCodec.TryRead(said.Values[0].Bytes.Span, out var transit, out _);
        var target = new MemoryStream();
        setup.Connect(TransitRole.Receiver, key.Values.Single(), ((TransferMessage.Transit)transit[0]).Message)
            .SelectMany(link => link.Receive(target, 1000).TakeLast(1).SelectMany(_ => link.SendRecord(TransferRecord.WriteAck(SHA256.HashData(target.ToArray())))))
            .Subscribe();
        Advance(5);
        AssertDone(sent, 1000);
        Assert.That(target.ToArray().AsSpan().SequenceEqual(Bytes(1000)), Is.True);
    }

    [Test]
    public void OpenTransit_HasItToo([Values] bool isTheSame)
    {
        var (alice, bob) = (Create(Other("alice", OfPython)), Create(Other("bob", isTheSame ? OfPython : null)));
        var code = Record(alice.AllocateCode());
        Advance(0.5);
        bob.SetCode(code.Values.Single()).Subscribe();
        var links = new[] { Record(alice.OpenTransit(TransitRole.Sender)), Record(bob.OpenTransit(TransitRole.Receiver)) };
        Advance(300);
        Assert.That(links.Select(each => each.Values.Count), Is.All.EqualTo(isTheSame ? 1 : 0));
    }

    [Test]
    public void NotUsable_IsRefused()
    {
        // Half a pair does not survive in an attribute.
        foreach (var purpose in new[] { "", "half a \ud83d pair", new string('x', 1001) })
            Assert.That(() => Wormhole.Create(Other("alice", purpose)), Throws.ArgumentException.With.Message.Contains("KeyPurpose"));
    }

    private (Recorder<TransferProgress> Sent, Recorder<TransferProgress> Received) Transfer(WormholeOptions sender, WormholeOptions receiver)
    {
        var (alice, bob) = (Create(sender), Create(receiver));
        var code = Record(alice.AllocateCode());
        Advance(0.5);
        bob.SetCode(code.Values.Single()).Subscribe();
        return (Record(alice.SendFile(Make(Content, 1_000_000))), Accept(bob));
    }

    private WormholeOptions Other(string client, string? purpose)
    {
        var options = Network.OptionsFor(Rendezvous, AppId, client);
        return options with { AppVersions = WormholeOptions.ForFiles.AppVersions, Transit = options.Transit with { KeyPurpose = purpose } };
    }
}
