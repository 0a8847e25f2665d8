using System.Security.Cryptography;
using System.Text;

namespace RxWormhole.Protocol.Tests.Files;

public sealed class TransferRecordTests
{
    private static readonly byte[] Hash = SHA256.HashData("abc"u8);
    private static readonly string Hex = Convert.ToHexStringLower(Hash);

    [Test]
    public void OurAck_IsOne() => Assert.That(TransferRecord.IsAck(TransferRecord.WriteAck(Hash), Hash, out _), Is.True);

    [Test]
    public void HashInUpperCase_IsTaken() =>
        Assert.That(TransferRecord.IsAck(Encoding.UTF8.GetBytes($"{{\"ack\": \"ok\", \"sha256\": \"{Hex.ToUpperInvariant()}\"}}"), Hash, out _), Is.True);

    [TestCase("{\"ack\": \"ok\"}", Description = "The Python client takes it; the Go and Rust clients and we do not.")]
    [TestCase("{\"ack\": \"bad\", \"sha256\": \"HASH\"}")]
    [TestCase("{\"ack\": \"ok\", \"sha256\": \"0000\"}")]
    [TestCase("{\"ack\": \"ok\", \"sha256\": 5}")]
    [TestCase("{\"ack\": \"ok\", \"sha256\": \"\\ud800\"}")]
    [TestCase("{\"a\\ud800\": 1}")]
    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("")]
    [TestCase("ok")]
    [TestCase("{\"ack\": \"ok\", \"sha256\": \"HASH\"} {}")]
    public void OtherRecord_IsNone(string record)
    {
        Assert.That(TransferRecord.IsAck(Encoding.UTF8.GetBytes(record.Replace("HASH", Hex, StringComparison.Ordinal)), Hash, out var reason), Is.False);
        Assert.That(reason, Is.Not.Empty);
    }

    [Test]
    public void Offset_IsReadAsWritten()
    {
        Assert.That(TransferRecord.TryReadOffset(TransferRecord.WriteOffset(1L << 40), out var offset), Is.True);
        Assert.That(offset, Is.EqualTo(1L << 40));
    }

    [TestCase("{\"offset\": -1}")]
    [TestCase("{\"offset\": \"1\"}")]
    [TestCase("{}")]
    [TestCase("{\"o\\ud800\": 1}")]
    [TestCase("")]
    public void OtherOffset_IsNone(string record) => Assert.That(TransferRecord.TryReadOffset(Encoding.UTF8.GetBytes(record), out _), Is.False);
}
