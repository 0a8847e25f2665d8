using System.Text;
using System.Text.Json.Nodes;
using RxWormhole.Tests;

namespace RxWormhole.Protocol.Tests.Transit;

public sealed class TransitKeysTests
{
    private static IEnumerable<TestCaseData> Keys() => Vectors.Cases("transit-keys.json");

    [TestCaseSource(nameof(Keys))]
    public void Vector_EveryKeyAndLineIsThatOfTheReference(JsonNode vector)
    {
        using var shared = new SharedKey(vector["shared_key"].Hex());
        var purpose = vector["transit_key_purpose"].Text();
        var transitKey = shared.Derive(TransitKeys.Purpose(purpose[..purpose.LastIndexOf('/')]), TransitKeys.Length);
        using var keys = new TransitKeys(transitKey);
        Assert.Multiple(() =>
        {
            Assert.That(transitKey, Is.EqualTo(vector["transit_key"].Hex()));
            Assert.That(Encoding.ASCII.GetString(keys.Handshake(TransitRole.Sender)), Is.EqualTo(vector["sender_handshake"].Text()));
            Assert.That(Encoding.ASCII.GetString(keys.Handshake(TransitRole.Receiver)), Is.EqualTo(vector["receiver_handshake"].Text()));
            Assert.That(Encoding.ASCII.GetString(keys.RelayRequest(vector["relay_side"].Hex())), Is.EqualTo(vector["relay_handshake"].Text()));
            Assert.That(keys.RecordKey(TransitRole.Sender).ToArray(), Is.EqualTo(vector["transit_record_sender_key"].Hex()));
            Assert.That(keys.RecordKey(TransitRole.Receiver).ToArray(), Is.EqualTo(vector["transit_record_receiver_key"].Hex()));
        });
    }

    [Test]
    public void DisposedKeys_AreNotUsedAsZeroes()
    {
        var keys = new TransitKeys(new byte[32]);
        keys.Dispose();
        Assert.Multiple(() =>
        {
            Assert.That(() => keys.Handshake(TransitRole.Sender).Length, Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(() => keys.RecordKey(TransitRole.Sender).Length, Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(() => keys.RelayRequest(new byte[8]), Throws.InstanceOf<ObjectDisposedException>());
        });
    }

    [Test]
    public void WrongLengthsAndRoles_AreRefused()
    {
        using var keys = new TransitKeys(new byte[32]);
        Assert.Multiple(() =>
        {
            Assert.That(() => new TransitKeys(new byte[31]), Throws.ArgumentException);
            Assert.That(() => keys.RelayRequest(new byte[7]), Throws.ArgumentException);
            Assert.That(() => keys.Handshake((TransitRole)2).Length, Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(keys.ToString(), Is.EqualTo("(transit keys)"));
        });
    }
}
