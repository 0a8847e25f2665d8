using System.Security.Cryptography;
using System.Text.Json.Nodes;
using RxWormhole.Tests;

namespace RxWormhole.Protocol.Tests;

/// <summary>What the reference client writes, and what it makes of what it reads.</summary>
public sealed class RecordVectorTests
{
    private static IEnumerable<TestCaseData> Sent() => Cases("send");

    private static IEnumerable<TestCaseData> Received() => Cases("receive");

    [TestCaseSource(nameof(Sent))]
    public void Vector_IsSealedAsTheReferenceDoes(JsonNode vector)
    {
        using var keys = new TransitKeys(vector["transit_key"].Hex());
        var key = keys.RecordKey(Role(vector)).ToArray();
        if (vector["records"] is null)
        {
            var unit = vector["plaintext_repeat_unit"].Hex();
            var length = (int)vector["plaintext_length"]!;
            using var sealer = new RecordSealer(key);
            var wire = Records.Seal(sealer, [.. Enumerable.Range(0, length).Select(i => unit[i % unit.Length])]);
            Assert.That(wire, Has.Length.EqualTo((int)vector["wire_length"]!));
            Assert.That(wire[..44], Is.EqualTo(vector["wire_head"].Hex()));
            Assert.That(SHA256.HashData(wire), Is.EqualTo(vector["wire_sha256"].Hex()));
            return;
        }

        Assert.That(key, Is.EqualTo(vector["record_key"].Hex()));
        using var inOrder = new RecordSealer(key);
        foreach (var record in vector["records"]!.AsArray())
        {
            var number = record!["nonce_number"] is { } given ? UInt128.Parse(given.Text(), System.Globalization.CultureInfo.InvariantCulture) : 0;
            using var at = new RecordSealer(key, number);
            var wire = Records.Seal(record["nonce_number"] is null ? inOrder : at, record["plaintext"].Hex());
            Assert.That(wire, Is.EqualTo(record["wire"].Hex()));
        }
    }

    [TestCaseSource(nameof(Received))]
    public void Vector_IsOpenedAsTheReferenceDoes(JsonNode vector)
    {
        using var keys = new TransitKeys(vector["transit_key"].Hex());
        var writer = Role(vector) == TransitRole.Sender ? TransitRole.Receiver : TransitRole.Sender;
        using var opener = new RecordOpener(keys.RecordKey(writer), 1 << 20);
        var opened = Records.OpenAll(opener, vector["wire"].Hex(), out var fault);
        Assert.That(opened, Is.EqualTo(vector["records"]!.AsArray().Select(record => record.Hex())));
        Assert.That(fault != RecordFault.None, Is.EqualTo((bool)vector["drops_connection"]!));
    }

    private static IEnumerable<TestCaseData> Cases(string kind) =>
        Vectors.Cases("transit-records.json").Where(each => ((JsonNode)each.Arguments[0]!)["kind"].Text() == kind);

    private static TransitRole Role(JsonNode vector) => vector["role"].Text() == "sender" ? TransitRole.Sender : TransitRole.Receiver;
}
