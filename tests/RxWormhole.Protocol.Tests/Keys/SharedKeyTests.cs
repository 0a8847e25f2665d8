using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using RxWormhole.Tests;

namespace RxWormhole.Protocol.Tests.Keys;

public sealed class SharedKeyTests
{
    private static readonly byte[] Nonce = [.. Enumerable.Range(1, 24).Select(i => (byte)i)];

    private static IEnumerable<TestCaseData> Derivations() => Vectors.Cases("derive-key.json");

    private static IEnumerable<TestCaseData> Verifiers() => Vectors.Cases("verifier.json");

    private static IEnumerable<TestCaseData> PhaseKeys() => Vectors.Cases("phase-keys.json");

    private static IEnumerable<TestCaseData> Boxes() => Vectors.Cases("secretbox.json");

    [TestCaseSource(nameof(Derivations))]
    public void Vector_IsDerived(JsonNode vector)
    {
        var purpose = Utf8Text.Normalized(vector["purpose"].Text());
        var derived = KeyDerivation.Derive(vector["key"].Hex(), purpose, (int)vector["length"]!);
        if (vector["key"].Hex() is { Length: SharedKey.Length } bytes)
        {
            using var key = new SharedKey(bytes);
            Assert.That(key.Derive(vector["purpose"].Text(), (int)vector["length"]!), Is.EqualTo(derived));
        }

        Assert.Multiple(() =>
        {
            Assert.That(purpose, Is.EqualTo(vector["purpose_utf8_nfc"].Hex()));
            Assert.That(derived, Has.Length.EqualTo((int)vector["length"]!));
        });
        if (vector["output"] is { } output)
        {
            Assert.That(derived, Is.EqualTo(output.Hex()));
            return;
        }

        Assert.Multiple(() =>
        {
            Assert.That(SHA256.HashData(derived), Is.EqualTo(vector["output_sha256"].Hex()));
            Assert.That(derived[^32..], Is.EqualTo(vector["output_last_32"].Hex()));
        });
    }

    [TestCaseSource(nameof(Verifiers))]
    public void Vector_IsVerified(JsonNode vector)
    {
        using var key = new SharedKey(vector["key"].Hex());
        Assert.That(key.Verifier().Hex, Is.EqualTo(vector["verifier"].Text()));
    }

    [TestCaseSource(nameof(PhaseKeys))]
    public void Vector_HasItsPhaseKeyAndBody(JsonNode vector)
    {
        var (side, phase) = (vector["side"].Text(), vector["phase"].Text());
        using var key = new SharedKey(vector["key"].Hex());
        var phaseKey = new byte[32];
        key.DerivePhaseKey(side, phase, phaseKey);
        Assert.That(phaseKey, Is.EqualTo(vector["phase_key"].Hex()));
        if (vector["purpose"] is { } purpose)
            Assert.That(key.Derive(purpose.Hex(), 32), Is.EqualTo(phaseKey));
        if (vector["nonce"] is null)
            return;

        var plaintext = vector["plaintext"]?.Hex() ?? Repeated(vector["plaintext_repeat_unit"].Hex(), (int)vector["plaintext_length"]!);
        if (vector["plaintext_sha256"] is { } digest)
            Assert.That(SHA256.HashData(plaintext), Is.EqualTo(digest.Hex()));

        var body = key.Seal(side, phase, vector["nonce"].Hex(), plaintext);
        if (vector["body"] is { } expected)
        {
            Assert.That(body, Is.EqualTo(expected.Hex()));
        }
        else
        {
            Assert.That(body, Has.Length.EqualTo((int)vector["body_length"]!));
            Assert.That(SHA256.HashData(body), Is.EqualTo(vector["body_sha256"].Hex()));
        }

        Assert.That(key.TryOpen(side, phase, body, out var opened), Is.True);
        Assert.That(opened, Is.EqualTo(plaintext));
    }

    // The vectors give the phase key itself, so the box is opened with it directly.
    [TestCaseSource(nameof(Boxes))]
    public void Vector_OpensOrDoesNot(JsonNode vector)
    {
        var body = vector["body"].Hex();
        var opened = SealedBody.TryOpen(vector["key"].Hex(), body, out var plaintext);
        var expected = vector["expected"].Text() switch
        {
            "opens" => true,
            "fails" => false,
            var other => throw new InvalidDataException($"unknown expectation {other}"),
        };
        Assert.Multiple(() =>
        {
            Assert.That(opened, Is.EqualTo(expected));
            Assert.That(plaintext, Is.EqualTo(vector["plaintext"]?.Hex()));
        });
    }

    [Test]
    public void Verifiers_AreComparedByTheirBytes()
    {
        var (one, same, other) = (new Verifier(new byte[32]), new Verifier(new byte[32]), new Verifier([1, .. new byte[31]]));
        Verifier? none = null;
        Assert.That(one == same && one != other && !(one == other) && one.Equals((object)same) && none == null && one != none, Is.True);
    }

    [Test]
    public void Body_OpensOnlyAsWhatItWasSealedFor()
    {
        using var key = new SharedKey(Enumerable.Repeat((byte)3, 32).ToArray());
        using var other = new SharedKey(Enumerable.Repeat((byte)4, 32).ToArray());
        var body = key.Seal("a1", "0", Nonce, "hello"u8);
        Assert.Multiple(() =>
        {
            Assert.That(key.TryOpen("a1", "0", body, out _), Is.True);
            Assert.That(key.TryOpen("a2", "0", body, out _), Is.False);
            Assert.That(key.TryOpen("a1", "1", body, out _), Is.False);
            Assert.That(other.TryOpen("a1", "0", body, out var nothing), Is.False);
            Assert.That(nothing, Is.Null);
        });
    }

    [Test]
    public void SideOrPhaseOfAnyLength_HasItsOwnKey()
    {
        using var key = new SharedKey(new byte[32]);
        var long1 = new string('x', 1000);
        var body = key.Seal(long1, "é", Nonce, []);
        Assert.Multiple(() =>
        {
            Assert.That(key.TryOpen(long1, "é", body, out _), Is.True);
            Assert.That(key.TryOpen(long1 + "y", "é", body, out _), Is.False);
            var expected = Encoding.ASCII.GetBytes("wormhole:phase:")
                .Concat(SHA256.HashData(Encoding.UTF8.GetBytes(long1))).Concat(SHA256.HashData("é"u8)).ToArray();
            var phaseKey = new byte[32];
            key.DerivePhaseKey(long1, "é", phaseKey);
            Assert.That(phaseKey, Is.EqualTo(key.Derive(expected, 32)));
        });
    }

    [Test]
    public void Key_PrintsNothingAndIsWiped()
    {
        var key = new SharedKey(Enumerable.Repeat((byte)0xAB, 32).ToArray());
        Assert.That(key.ToString(), Does.Not.Contain("171").And.Not.Contain("AB").IgnoreCase.And.Contain("key"));
        key.Dispose();
        Assert.That(key.Span.ToArray(), Is.All.Zero);
        using var wiped = new SharedKey(new byte[32]);
        Assert.That(key.Derive("x", 32), Is.Not.EqualTo(wiped.Derive("x", 32)), "the extracted key of a wiped key is zero, not that of a zero key");
    }

    [Test]
    public void WrongLengths_AreRefused()
    {
        using var key = new SharedKey(new byte[32]);
        Assert.Multiple(() =>
        {
            Assert.That(() => new SharedKey(new byte[31]), Throws.ArgumentException);
            Assert.That(() => key.Derive("x", 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => key.Derive("x", KeyDerivation.MaxLength + 1), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => key.Seal("a", "0", new byte[23], []), Throws.ArgumentException);
            Assert.That(() => new Verifier(new byte[33]), Throws.ArgumentException);
            Assert.That(() => key.Derive("\uD800", 32), Throws.ArgumentException);
        });
    }

    [Test]
    public void Verifier_HasAShortFormInWordsThatFollowsFromItsFirstEightBytes()
    {
        byte[] bytes = [0x3e, 0x5e, 0x68, 0xcb, 0xd2, 0x00, 0xff, 0x01, .. new byte[24]];
        var verifier = new Verifier(bytes);
        Assert.Multiple(() =>
        {
            Assert.That(verifier.Words, Is.EqualTo("cumbersome eyeglass gravity spheroid sensation aardvark yucatan absurd"));
            Assert.That(verifier.ToString(), Is.EqualTo(verifier.Hex).And.StartsWith("3e5e68cbd200ff01"));
            Assert.That(verifier, Is.EqualTo(new Verifier(verifier.Bytes.Span)));
            Assert.That(verifier.GetHashCode(), Is.EqualTo(new Verifier(bytes).GetHashCode()));
            Assert.That(verifier, Is.Not.EqualTo(new Verifier(new byte[32])).And.Not.EqualTo(null));
        });
    }

    [Test]
    public void SecretBytes_CompareAndPrintNothing()
    {
        using var secret = new SecretBytes([1, 2, 3]);
        Assert.Multiple(() =>
        {
            Assert.That(secret, Is.EqualTo(new SecretBytes([1, 2, 3])));
            Assert.That(secret, Is.Not.EqualTo(new SecretBytes([1, 2, 4])).And.Not.EqualTo(null));
            Assert.That(secret.GetHashCode(), Is.EqualTo(new SecretBytes([9, 9, 9]).GetHashCode()));
            Assert.That(secret.ToString(), Is.EqualTo("(3 secret bytes)"));
            Assert.That(secret.Length, Is.EqualTo(3));
        });
    }

    private static byte[] Repeated(byte[] unit, int length) => [.. Enumerable.Range(0, length).Select(i => unit[i % unit.Length])];
}
