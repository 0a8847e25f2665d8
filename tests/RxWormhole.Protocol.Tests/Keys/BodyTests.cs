using System.Text;
using System.Text.Json.Nodes;
using RxWormhole.Tests;

namespace RxWormhole.Protocol.Tests.Keys;

public sealed class BodyTests
{
    private static IEnumerable<TestCaseData> PakeBodies() => Vectors.Cases("pake-phase.json");

    [TestCaseSource(nameof(PakeBodies))]
    public void Vector_GivesAKeyOrNone(JsonNode vector)
    {
        var file = Vectors.Load("spake2-negative.json");
        using var scalar = Spake2.CreateScalar(file["our_entropy"].Hex());
        using var exchange = Spake2.Start(Utf8Text.Normalized(file["code"].Text()), scalar);
        var body = vector["body"].Text() == "(our own body)" ? PakeBody.Write(exchange.Message.Span) : vector["body"].Hex();
        using var key = PakeBody.TryRead(body, out var message)
            ? exchange.Finish(message, Utf8Text.Normalized(file["appid"].Text()))
            : null;
        Assert.That(key, vector["expected"].Text() switch
        {
            "key" => Is.Not.Null,
            "fail" => Is.Null,
            var other => throw new InvalidDataException($"unknown expectation {other}"),
        });
    }

    [Test]
    public void PakeBody_IsWrittenAsThePythonClientDoes()
    {
        var body = PakeBody.Write([0x53, 0xAB]);
        Assert.That(Encoding.UTF8.GetString(body), Is.EqualTo("""{"pake_v1": "53ab"}"""));
        Assert.That(PakeBody.TryRead(body, out var message), Is.True);
        Assert.That(message, Is.EqualTo(new byte[] { 0x53, 0xAB }));
    }

    [TestCase("""{"app_versions": {"a": 1}}""", """{"a": 1}""")]
    [TestCase("""{"app_versions": {}, "can-dilate": ["ged"], "abilities": []}""", "{}")]
    [TestCase("""{}""", "{}")]
    [TestCase("""{"app_versions": []}""", null)]
    [TestCase("""{"app_versions": null}""", null)]
    [TestCase("""[]""", null)]
    [TestCase("""nonsense""", null)]
    [TestCase("", null)]
    public void VersionBody_IsReadOrRefused(string plaintext, string? versions)
    {
        var read = VersionBody.TryRead(Encoding.UTF8.GetBytes(plaintext), out var found);
        Assert.That(read, Is.EqualTo(versions is not null));
        Assert.That(found, Is.EqualTo(versions is null ? null : AppVersions.Parse(versions)));
    }

    [Test]
    public void BrokenUtf8OrDeepNesting_IsRefusedAndThrowsNothing()
    {
        byte[][] hostile =
        [
            [0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d],
            [.. """{"app_versions": {"x": "\ud800"}, "pake_v1": "\ud800"}"""u8],
            Encoding.UTF8.GetBytes("""{"app_versions": """ + new string('[', 100_000)),
            Encoding.UTF8.GetBytes("""{"pake_v1": """ + new string('{', 100_000)),
            [0xEF, 0xBB, 0xBF, 0x7b, 0x7d, 0x00],
        ];
        foreach (var body in hostile)
        {
            Assert.That(() => VersionBody.TryRead(body, out _), Throws.Nothing);
            Assert.That(PakeBody.TryRead(body, out _), Is.False);
        }
    }

    // Whoever asks for the text of it later, or for a key, would get an exception for an answer.
    [TestCase("""{"app_versions": {"a": "#"}}""")]
    [TestCase("""{"app_versions": {"#": 1}}""")]
    [TestCase("""{"app_versions": {"a": [{"b": "\ud800"}]}}""")]
    [TestCase("""{"app_versions": {"rx\ud800": 1}}""")]
    public void VersionsThatAreNoText_AreRefused(string plaintext)
    {
        var bytes = Encoding.UTF8.GetBytes(plaintext);
        bytes.AsSpan().Replace((byte)'#', (byte)0xff);
        Assert.That(VersionBody.TryRead(bytes, out _), Is.False);
    }

    [Test]
    public void AppVersions_KeepTheirTextAndCompareByValue()
    {
        var versions = AppVersions.Parse("""{"mine": true, "list": [1, 2]}""");
        Assert.Multiple(() =>
        {
            Assert.That(Encoding.UTF8.GetString(VersionBody.Write(versions)), Is.EqualTo("""{"app_versions": {"mine": true, "list": [1, 2]}}"""));
            Assert.That(versions, Is.EqualTo(AppVersions.Parse("""{ "list":[1,2],"mine":true }""")));
            Assert.That(versions.GetHashCode(), Is.EqualTo(AppVersions.Parse("""{ "list":[1,2],"mine":true }""").GetHashCode()));
            Assert.That(versions, Is.Not.EqualTo(AppVersions.None).And.Not.EqualTo(null));
            Assert.That(versions.ToString(), Is.EqualTo(versions.Json));
            Assert.That(versions.TryGet("mine", out var mine) && mine.GetBoolean(), Is.True);
            Assert.That(versions.TryGet("other", out _), Is.False);
            Assert.That(() => AppVersions.Parse("[]"), Throws.ArgumentException);
            Assert.That(() => AppVersions.Parse("{"), Throws.ArgumentException);
            Assert.That(() => AppVersions.Parse("""{"mine": "\ud800"}"""), Throws.ArgumentException);
        });
    }
}
