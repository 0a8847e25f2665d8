using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using RxWormhole.Tests;

namespace RxWormhole.Protocol.Tests.Keys;

public sealed class Spake2Tests
{
    private static IEnumerable<TestCaseData> Exchanges() => Vectors.Cases("spake2-symmetric.json");

    private static IEnumerable<TestCaseData> Passwords() => Vectors.Cases("spake2-symmetric.json", "password_to_scalar");

    private static IEnumerable<TestCaseData> Refused() => Vectors.Cases("spake2-negative.json");

    [TestCaseSource(nameof(Exchanges))]
    public void Vector_BothSidesComputeWhatTheReferenceDoes(JsonNode vector)
    {
        using var a = Side(vector["a"]!);
        using var b = Side(vector["b"]!);
        using var keyA = a.Finish(b.Message.Span, AppId(vector, "a"));
        using var keyB = b.Finish(a.Message.Span, AppId(vector, "b"));
        Assert.Multiple(() =>
        {
            Assert.That(keyA!.Span.ToArray(), Is.EqualTo(vector["a"]!["shared_key"].Hex()));
            Assert.That(keyB!.Span.ToArray(), Is.EqualTo(vector["b"]!["shared_key"].Hex()));
            Assert.That(keyA.Span.SequenceEqual(keyB.Span), Is.EqualTo((bool)vector["keys_match"]!));
        });
    }

    [TestCaseSource(nameof(Passwords))]
    public void Vector_PasswordBecomesItsScalar(JsonNode vector)
    {
        var password = Utf8Text.Normalized(vector["password"].Text());
        using var scalar = Spake2.PasswordScalar(password);
        Assert.Multiple(() =>
        {
            Assert.That(password, Is.EqualTo(vector["password_hex"].Hex()));
            Assert.That(scalar.Span.ToArray(), Is.EqualTo(vector["scalar_le"].Hex()));
        });
    }

    [TestCaseSource(nameof(Refused))]
    public void Vector_DishonestMessageGivesNoKey(JsonNode vector)
    {
        var file = Vectors.Load("spake2-negative.json");
        using var exchange = Start(file["code"].Text(), file["our_entropy"].Hex());
        Assert.That(exchange.Message.ToArray(), Is.EqualTo(file["our_message"].Hex()));

        using var key = exchange.Finish(vector["inbound_message"].Hex(), Utf8Text.Normalized(file["appid"].Text()));
        switch (vector["expected"].Text())
        {
            case "reject":
                Assert.That(key, Is.Null);
                break;
            case "accept":
                Assert.That(key!.Span.ToArray(), Is.EqualTo(vector["reference_key"].Hex()));
                break;
            default:
                Assert.Fail($"an expectation that this test does not know: {vector["expected"]}");
                break;
        }
    }

    [Test]
    public void BlindingElement_IsDerivedFromItsSeedAndNobodyKnowsItsLogarithm()
    {
        var constants = Vectors.Load("spake2-symmetric.json")["constants"]!;
        var seed = Encoding.ASCII.GetBytes(constants["S_seed_ascii"].Text());
        var expanded = HKDF.DeriveKey(HashAlgorithmName.SHA256, seed, 48, salt: [], info: "SPAKE2 arbitrary element"u8.ToArray());
        Assert.Multiple(() =>
        {
            Assert.That(expanded, Is.EqualTo(constants["S_expanded_seed"].Hex()));
            Assert.That(ArbitraryElement.From(expanded), Is.EqualTo(constants["S"].Hex()));
            Assert.That(Spake2.Blinding.ToArray(), Is.EqualTo(constants["S"].Hex()));
        });
    }

    [Test]
    public void PasswordScalarOfNothing_IsThatOfTheReference()
    {
        using var scalar = Spake2.PasswordScalar([]);
        var expected = Vectors.Load("spake2-symmetric.json")["constants"]!["password_scalar_of_empty_password_le"].Hex();
        Assert.That(scalar.Span.ToArray(), Is.EqualTo(expected));
    }

    [Test]
    public void BrokenEntropy_IsRefused()
    {
        // The order of the subgroup, as 64 big-endian bytes: it reduces to zero.
        var order = Convert.FromHexString(new string('0', 64) + "1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed");
        Assert.Multiple(() =>
        {
            Assert.That(() => Spake2.CreateScalar(new byte[64]), Throws.ArgumentException);
            Assert.That(() => Spake2.CreateScalar(order), Throws.ArgumentException);
            Assert.That(() => Spake2.CreateScalar(new byte[63]), Throws.ArgumentException);
            Assert.That(() => Spake2.Start([1], new SecretBytes(new byte[31])), Throws.ArgumentException);
            Assert.That(() => Spake2.Start([1], new SecretBytes(new byte[32])), Throws.InstanceOf<CryptographicException>());
        });
    }

    [Test]
    public void Finishing_LeavesTheScalarUsableAndDisposingLeavesItToItsOwner()
    {
        using var scalar = Spake2.CreateScalar(Enumerable.Repeat((byte)7, 64).ToArray());
        var before = scalar.Span.ToArray();
        Spake2.Start("4-a"u8, scalar).Dispose();
        Assert.That(scalar.Span.ToArray(), Is.EqualTo(before));
        scalar.Dispose();
        Assert.That(scalar.Span.ToArray(), Is.All.Zero);
    }

    private static byte[] AppId(JsonNode vector, string side)
    {
        var appId = Utf8Text.Normalized((vector["appid"] ?? vector[side]!["appid"]).Text());
        if (vector["appid_utf8_nfc"] is { } expected)
            Assert.That(appId, Is.EqualTo(expected.Hex()));
        return appId;
    }

    private static Spake2Exchange Side(JsonNode side)
    {
        var password = Utf8Text.Normalized(side["code"].Text());
        using var fromPassword = Spake2.PasswordScalar(password);
        using var scalar = Spake2.CreateScalar(side["entropy"].Hex());
        var exchange = Start(side["code"].Text(), side["entropy"].Hex());
        Assert.Multiple(() =>
        {
            Assert.That(password, Is.EqualTo(side["password_utf8_nfc"]?.Hex() ?? password));
            Assert.That(fromPassword.Span.ToArray(), Is.EqualTo(side["password_scalar_le"]?.Hex() ?? fromPassword.Span.ToArray()));
            Assert.That(scalar.Span.ToArray(), Is.EqualTo(side["scalar_le"].Hex()));
            Assert.That(exchange.Message.ToArray(), Is.EqualTo(side["message"].Hex()));
        });
        return exchange;
    }

    // The scalar lives as long as the exchange; the test process wipes neither.
    private static Spake2Exchange Start(string code, byte[] entropy) => Spake2.Start(Utf8Text.Normalized(code), Spake2.CreateScalar(entropy));
}
