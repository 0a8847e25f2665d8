using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using RxWormhole.Tests;

namespace RxWormhole.Protocol.Tests.Permissions;

public sealed class HashcashTests
{
    private static readonly byte[] Entropy = [.. Enumerable.Range(0, HashcashMint.EntropyLength).Select(i => (byte)i)];
    private static readonly DateTimeOffset Date = new(2026, 11, 23, 23, 30, 0, TimeSpan.FromHours(-5));

    private static IEnumerable<TestCaseData> Stamps() => Vectors.Cases("hashcash.json");

    [TestCaseSource(nameof(Stamps))]
    public void Vector_IsGoodOrNot(JsonNode vector)
    {
        var stamp = vector["stamp"].Text();
        var good = Hashcash.Check(stamp, (int)vector["required_bits"]!, vector["required_resource"].Text());
        Assert.Multiple(() =>
        {
            Assert.That(good, Is.EqualTo((bool)vector["valid"]!));
            Assert.That(SHA1.HashData(Encoding.ASCII.GetBytes(stamp)), Is.EqualTo(vector["sha1"].Hex()));
            Assert.That(Hashcash.LeadingZeroBits(stamp), Is.EqualTo((int)vector["leading_zero_bits"]!));
        });
    }

    [TestCaseSource(nameof(Stamps))]
    public void Vector_WithAnyDateIsGoodAlsoFromTheRustClient(JsonNode vector)
    {
        var good = Hashcash.Check(vector["stamp"].Text(), (int)vector["required_bits"]!, vector["required_resource"].Text(), anyDate: true);
        var onlyTheDate = vector["reason"]?.Text() == "date is not 6, 10 or 12 digits";
        Assert.That(good, Is.EqualTo((bool)vector["valid"]! || onlyTheDate));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(8)]
    [TestCase(13)]
    public void MintedStamp_IsGood(int bits)
    {
        var mint = new HashcashMint(new HashcashRequest(bits, "mailbox.example"), Date, Entropy);
        Assert.That(mint.TrySlice(1_000_000, out var stamp), Is.True);
        Assert.Multiple(() =>
        {
            Assert.That(Hashcash.Check(stamp, bits, "mailbox.example"), Is.True);
            Assert.That(stamp, Does.StartWith($"1:{bits}:261124:mailbox.example::AAECAwQFBgcICQoL:"), "the date is that of UTC");
        });
    }

    [Test]
    public void Slices_GoOnWhereTheLastOneEnded()
    {
        var request = new HashcashRequest(10, "r");
        var whole = new HashcashMint(request, Date, Entropy);
        Assert.That(whole.TrySlice(int.MaxValue, out var expected), Is.True);

        var sliced = new HashcashMint(request, Date, Entropy);
        string? stamp;
        while (!sliced.TrySlice(7, out stamp))
            Assert.That(sliced.Attempts % 7, Is.Zero);
        Assert.Multiple(() =>
        {
            Assert.That(stamp, Is.EqualTo(expected));
            Assert.That(sliced.Attempts, Is.EqualTo(whole.Attempts));
            Assert.That(sliced.TrySlice(0, out _), Is.False);
        });
    }

    [Test]
    public void AfterAGoodStamp_TheSearchGoesOnToAnotherOne()
    {
        var mint = new HashcashMint(new HashcashRequest(4, "r"), Date, Entropy);
        Assert.That(mint.TrySlice(10_000, out var first), Is.True);
        Assert.That(mint.TrySlice(10_000, out var second), Is.True);
        Assert.That(second, Is.Not.EqualTo(first));
        Assert.That(Hashcash.Check(second, 4, "r"), Is.True);
    }

    [TestCase("r:s")]
    [TestCase("é")]
    [TestCase("a\nb")]
    public void ResourceThatCannotStandInAStamp_IsNone(string resource) => Assert.That(Hashcash.IsResource(resource), Is.False);

    [Test]
    public void HostileStamp_IsNotHashed()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Hashcash.Check(null, 0, "r"), Is.False);
            Assert.That(Hashcash.Check($"1:0:260101:r::{new string('x', 2000)}:0", 0, "r"), Is.False);
            Assert.That(Hashcash.Check("1:0:260101:r::é:0", 0, "r"), Is.False);
            Assert.That(Hashcash.Check("1:-1:260101:r::x:0", -5, "r"), Is.False);
            Assert.That(Hashcash.Check("1:99999999999:260101:r::x:0", 0, "r"), Is.False);
            Assert.That(Hashcash.Check("1:0:260101:r::x:0", 0, "r"), Is.True);
            Assert.That(Hashcash.IsResource(new string('r', 256)), Is.True);
            Assert.That(Hashcash.IsResource(new string('r', 257)), Is.False);
            Assert.That(Hashcash.IsResource(""), Is.True);
        });
    }

    [Test]
    public void LongestStamp_IsStillLookedAt()
    {
        const int Longest = 1024;
        var stamp = "1:0:260101:r::" + new string('x', Longest - 16) + ":0";
        Assert.That(stamp, Has.Length.EqualTo(Longest));
        Assert.That(Hashcash.Check(stamp, 0, "r"), Is.True);
        Assert.That(Hashcash.Check("1:0:260101:r::" + new string('x', Longest - 15) + ":0", 0, "r"), Is.False);
    }

    [Test]
    public void Slice_EndsAfterItsAttempts()
    {
        var mint = new HashcashMint(new HashcashRequest(Hashcash.MaxBits, "r"), Date, Entropy);
        Assert.That(mint.TrySlice(10, out var stamp), Is.False);
        Assert.That(stamp, Is.Null);
        Assert.That(mint.Attempts, Is.EqualTo(10));
    }

    [Test]
    public void NoBits_AreFoundAtTheFirstAttempt([Range(0, 9)] int number)
    {
        var mint = new HashcashMint(new HashcashRequest(0, $"r{number}"), Date, Entropy);
        Assert.That(mint.TrySlice(1, out _), Is.True);
    }

    [TestCase(-1, false)]
    [TestCase(0, true)]
    [TestCase(Hashcash.MaxBits, true)]
    [TestCase(Hashcash.MaxBits + 1, false)]
    public void RequestedBits_AreTakenFromNoneToAWholeHash(int bits, bool isTaken)
    {
        var hashcash = $$"""{"bits":{{bits}},"resource":"r"}""";
        var frame = Encoding.UTF8.GetBytes("""{"type":"welcome","welcome":{"permission-required":{"hashcash":""" + hashcash + "}}}");
        Assert.That(MessageCodec.TryRead(frame, out var message, out _), Is.True);
        Assert.That(((ServerMessage.Welcome)message!).Info.Permission!.Hashcash, Is.EqualTo(isTaken ? new HashcashRequest(bits, "r") : null));
    }
}
