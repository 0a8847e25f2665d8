using System.Reactive.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using RxWormhole.Protocol;

namespace RxWormhole.Tests.Transfers;

/// <summary>The recorded conversations of the reference, against a peer that says what was recorded.</summary>
public sealed class TransferVectorTests : TransferFixture
{
    // Where we are meant to differ: our addresses are for those whose offer was accepted (docs/adr/0019).
    private static readonly string[] TellsAddressesLater =
        ["file, refused by the user", "directory, refused by the user", "directory, other mode", "error after transit", "only transit so far", "file larger than the free space"];

    // And the final hash is needed, in either case, as the Go and Rust clients have it.
    private static readonly IReadOnlyDictionary<string, string> OtherOutcomes = new Dictionary<string, string>
    {
        ["file, final acknowledgement without hash"] = "transfer fails",
        ["file, hash in upper case"] = "success",
    };

    private static IEnumerable<TestCaseData> Receivers() => Vectors.Cases("file-transfer.json").Where(each => ((JsonNode)each.Arguments[0]!)["kind"].Text() == "receiver");

    private static IEnumerable<TestCaseData> Senders() => Vectors.Cases("file-transfer.json").Where(each => ((JsonNode)each.Arguments[0]!)["kind"].Text() == "sender");

    [TestCaseSource(nameof(Receivers))]
    public void Receiver(JsonNode vector)
    {
        var (peer, ours) = (Create(ForFilesOfOthers("peer")), Create(Deaf("ours")));
        Pair(peer, ours);
        var said = Record(peer.Messages);
        var failure = Record(ours.ReceiveOffer(Into with { MaxBytes = 1L << 40 }));
        failure.OnValue = offer =>
        {
            if (offer is not IncomingContent content)
                return;
            if ((bool)vector["user_accepts"]!)
                content.Accept().Subscribe(_ => { }, _ => { });
            else
                content.Reject().Subscribe();
        };
        foreach (var message in vector["receives"]!.AsArray())
            peer.Send(message!.ToJsonString());
        Advance(5);

        var name = vector["name"].Text();
        var expected = vector["sends"]!.AsArray().Where(message => !TellsAddressesLater.Contains(name) || message!["transit"] is null).ToArray();
        // Nobody is at the recorded address, which we say.
        var isAccepted = vector["then"].Text() == "connects Transit and receives";
        Assert.That(
            said.Values.Select(each => Shown(JsonNode.Parse(each.Text)!)),
            Is.EqualTo(expected.Select(each => Shown(each!)).Concat(isAccepted ? ["error connection lost"] : [])));
        Assert.That(failure.Error, vector["then"].Text() == "transfer fails" && failure.Values.Count == 0 ? Is.InstanceOf<TransferException>() : Is.Null);
    }

    [TestCaseSource(nameof(Senders))]
    public void Sender(JsonNode vector)
    {
        var name = vector["name"].Text();
        var isText = vector["text"] is not null;
        var (peer, ours) = (Create(ForFilesOfOthers("peer")), Create(Reachable("ours")));
        Pair(peer, ours);
        var said = Record(peer.Messages);
        var links = new List<TransitLink>();
        Exception? error = null;
        var isDone = false;
        if (isText)
        {
            ours.SendText(vector["text"].Text()).Subscribe(_ => { }, failed => error = failed, () => isDone = true);
        }
        else
        {
            // The bytes that were recorded are not known, so that the hash that fits is put in place of the one in the record.
            var path = Make(vector["file"]!["filename"].Text(), (int)vector["file"]!["length"]!);
            ours.SendFile(path).Subscribe(_ => { }, failed => error = failed, () => isDone = true);
        }

        Advance(2);
        var key = Record(peer.DeriveKey(TransitKeys.Purpose(PublicServers.FileTransfer), 32));
        TransitSetup? setup = null;
        if (!isText)
            new TransitSetup(peer.Transit).Listen().Subscribe(made => setup = made);
        Advance(1);
        foreach (var message in vector["receives"]!.AsArray())
        {
            // The peer's own address in place of the recorded one.
            if (message!["transit"]?["hints-v1"] is not null)
                message["transit"] = JsonNode.Parse(TransferCodec.Write(new TransferMessage.Transit(setup!.Ours)))!["transit"]!.DeepClone();
            peer.Send(message.ToJsonString());
        }

        if (vector["receives_over_transit"] is { } record)
        {
            TransferCodec.TryRead(said.Values[0].Bytes.Span, out var transit, out _);
            setup!.Connect(TransitRole.Receiver, key.Values.Single(), ((TransferMessage.Transit)transit[0]).Message).Subscribe(link =>
            {
                links.Add(link);
                var length = (int)vector["file"]!["length"]!;
                var target = new MemoryStream();
                link.Receive(target, length).Subscribe(_ => { }, _ => { }, () =>
                {
                    var ours = Convert.ToHexStringLower(SHA256.HashData(target.ToArray()));
                    var theirs = vector["file"]!["sha256"].Text();
                    link.SendRecord(Encoding.UTF8.GetBytes(record.Text()
                        .Replace(theirs, ours, StringComparison.Ordinal)
                        .Replace(theirs.ToUpperInvariant(), ours.ToUpperInvariant(), StringComparison.Ordinal))).Subscribe();
                });
            });
        }

        Advance(10);
        Assert.That(said.Values.Take(vector["sends"]!.AsArray().Count).Select(each => Shown(JsonNode.Parse(each.Text)!)), Is.EqualTo(vector["sends"]!.AsArray().Select(each => Shown(each!))));
        var outcome = OtherOutcomes.GetValueOrDefault(name, vector["outcome"].Text());
        Assert.That(isDone, Is.EqualTo(outcome == "success"), () => $"{error}");
        Assert.That(error, outcome == "success" ? Is.Null : Is.InstanceOf<TransferException>());
    }

    [Test]
    public void EmptyFileToAClientThatWaitsForARecord_IsConfirmedInTheEnd()
    {
        var (peer, ours) = (Create(ForFilesOfOthers("peer")), Create(Reachable("ours")));
        Pair(peer, ours);
        var said = Record(peer.Messages);
        var sent = Record(ours.SendFile(Make(Content, 0)));
        Advance(2);
        var key = Record(peer.DeriveKey(TransitKeys.Purpose(PublicServers.FileTransfer), 32));
        TransitSetup? setup = null;
        new TransitSetup(peer.Transit).Listen().Subscribe(made => setup = made);
        Advance(1);
        peer.Send(Encoding.UTF8.GetString(TransferCodec.Write(new TransferMessage.Transit(setup!.Ours))));
        peer.Send("""{"answer": {"file_ack": "ok"}}""");
        TransferCodec.TryRead(said.Values[0].Bytes.Span, out var transit, out _);
        setup.Connect(TransitRole.Receiver, key.Values.Single(), ((TransferMessage.Transit)transit[0]).Message)
            .SelectMany(link => link.ReceiveRecord().SelectMany(_ => link.SendRecord(TransferRecord.WriteAck(SHA256.HashData([])))))
            .Subscribe();
        Advance(1);
        Assert.That(sent.IsOver, Is.False);
        Advance(5);
        AssertDone(sent, 0);
    }

    // It listens nowhere, as the recorded ones do, and can dial.
    private WormholeOptions Deaf(string client) => ForFiles(client) with
    {
        Transit = new TransitOptions { Connector = Network.Host(client), Listen = false, Relays = [] },
    };

    // It listens, and knows no relay.
    private WormholeOptions Reachable(string client) => ForFiles(client) with
    {
        Transit = new TransitOptions { Connector = Network.Host(client), Relays = [] },
    };

    private void Pair(Wormhole peer, Wormhole ours)
    {
        var code = Record(peer.AllocateCode());
        Advance(0.5);
        ours.SetCode(code.Values.Single()).Subscribe();
        Advance(1);
    }

    // Without the hints, which are our own; the words of an error beyond the recorded ones are ours, too.
    private static string Shown(JsonNode message)
    {
        if (message["error"] is { } error)
            return $"error {error.GetValue<string>().Split(':')[0]}";
        if (message["transit"] is { } transit)
            return $"transit {transit["abilities-v1"]!.ToJsonString()}";
        return message.ToJsonString();
    }
}
