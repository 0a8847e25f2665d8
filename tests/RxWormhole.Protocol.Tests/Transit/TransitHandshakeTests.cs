using System.Text;
using System.Text.Json.Nodes;
using RxWormhole.Tests;

namespace RxWormhole.Protocol.Tests.Transit;

public sealed class TransitHandshakeTests
{
    private static readonly JsonNode File = Vectors.Load("transit-negotiation.json");

    // Two cases are about more than one connection, or about time: those are the race's.
    private static IEnumerable<TestCaseData> Connections() => Vectors.Cases("transit-negotiation.json")
        .Where(data => ((JsonNode)data.Arguments[0]!)["steps"]![0]!["event"].Text() == "connected");

    [TestCaseSource(nameof(Connections))]
    public void Vector_EveryByteIsThatOfTheReference(JsonNode vector)
    {
        using var keys = new TransitKeys(File["transit_key"].Hex());
        var role = vector["role"].Text() == "sender" ? TransitRole.Sender : TransitRole.Receiver;
        var handshake = (bool)vector["via_relay"]!
            ? new TransitHandshake(keys, role, File["relay_side"].Hex())
            : new TransitHandshake(keys, role);

        foreach (var step in vector["steps"]!.AsArray())
        {
            var written = step!["event"].Text() switch
            {
                "connected" => Text(handshake.Begin()),
                "peer closed" => Close(handshake),
                "receives" => Receive(handshake, Data(step)),
                "receives one byte per read" => string.Concat(Data(step).Select(each => Receive(handshake, [each]))),
                var other => throw new InvalidDataException(other),
            };
            Assert.That(written, Is.EqualTo(step["writes"].Text()));
            Assert.That(handshake.State == TransitHandshakeState.Failed, Is.EqualTo((bool?)step["closes"] ?? step["event"].Text() == "peer closed"));
        }

        Assert.That(handshake.State == TransitHandshakeState.Established, Is.EqualTo(vector["outcome"].Text() == "established"));
        var recordBytes = vector["records"]!.AsArray().Sum(record => 44 + record.Text().Length / 2);
        Assert.That(handshake.LeftOver.Length, Is.EqualTo(recordBytes));
        Assert.That(handshake.Failure is null, Is.EqualTo(handshake.State == TransitHandshakeState.Established));
    }

    [Test]
    public void EveryWrongByteAtEveryPlace_EndsItThere([Values] TransitRole role, [Values] bool isRelayed)
    {
        using var keys = new TransitKeys(new byte[32]);
        var other = role == TransitRole.Sender ? TransitRole.Receiver : TransitRole.Sender;
        byte[] good = [.. isRelayed ? TransitKeys.RelayAccepts : [], .. keys.Handshake(other), .. role == TransitRole.Receiver ? TransitKeys.Go : []];
        for (var wrong = 0; wrong < good.Length; wrong++)
        {
            var handshake = isRelayed ? new TransitHandshake(keys, role, new byte[8]) : new TransitHandshake(keys, role);
            for (var at = 0; at < wrong; at++)
                handshake.Receive([good[at]]);
            Assert.That(handshake.State, Is.EqualTo(TransitHandshakeState.Waiting));
            handshake.Receive([(byte)(good[wrong] ^ 0x20)]);
            Assert.That(handshake.State, Is.EqualTo(TransitHandshakeState.Failed), $"byte {wrong}");
        }
    }

    [Test]
    public void SenderRefuses_WritesNevermindAndHasFailed()
    {
        using var keys = new TransitKeys(new byte[32]);
        var handshake = new TransitHandshake(keys, TransitRole.Sender);
        Assert.That(() => handshake.Choose(), Throws.InvalidOperationException);
        handshake.Receive(keys.Handshake(TransitRole.Receiver));
        Assert.That(handshake.State, Is.EqualTo(TransitHandshakeState.Undecided));
        Assert.That(Text(handshake.Refuse()), Is.EqualTo("nevermind\n"));
        Assert.That(handshake.State, Is.EqualTo(TransitHandshakeState.Failed));
        Assert.That(() => handshake.Refuse(), Throws.InvalidOperationException);
    }

    [Test]
    public void ReceiverBeforeGo_IsNotEstablished()
    {
        using var keys = new TransitKeys(new byte[32]);
        var handshake = new TransitHandshake(keys, TransitRole.Receiver);
        handshake.Receive([.. keys.Handshake(TransitRole.Sender), .. "go"u8]);
        Assert.That(handshake.State, Is.EqualTo(TransitHandshakeState.Waiting));
        Assert.That(handshake.LeftOver.IsEmpty, Is.True);
    }

    // The Python sender's vectors include what it decides by itself where there is one connection.
    private static string Receive(TransitHandshake handshake, ReadOnlySpan<byte> bytes)
    {
        var written = Text(handshake.Receive(bytes));
        return handshake.State == TransitHandshakeState.Undecided ? written + Text(handshake.Choose()) : written;
    }

    private static string Close(TransitHandshake handshake)
    {
        handshake.Close();
        return "";
    }

    private static byte[] Data(JsonNode step) => step["data_hex"] is { } hex ? hex.Hex() : Encoding.ASCII.GetBytes(step["data"].Text());

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.ASCII.GetString(bytes.Span);
}
