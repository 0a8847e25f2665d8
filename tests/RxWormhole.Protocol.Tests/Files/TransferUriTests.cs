using System.Text.Json.Nodes;
using RxWormhole.Tests;

namespace RxWormhole.Protocol.Tests.Files;

public sealed class TransferUriTests
{
    private static IEnumerable<TestCaseData> Cases() => Vectors.Cases("transfer-uri.json");

    [TestCaseSource(nameof(Cases))]
    public void Vector(JsonNode vector)
    {
        var accepted = TransferUri.TryParse(vector["uri"].Text(), out var uri, out var reason);
        Assert.That(accepted, Is.EqualTo((bool?)vector["accept"] ?? true), reason);
        if (!accepted)
            return;
        Assert.That(uri, Is.EqualTo(new TransferUri(vector["code"].Text(), (string?)vector["rendezvous"], vector["role"].Text() == "leader")));
        if (vector["kind"].Text() == "both ways")
            Assert.That(uri!.ToString(), Is.EqualTo(vector["uri"].Text()));
    }

    [TestCase("wormhole-transfer:4-a%2")]
    [TestCase("wormhole-transfer:4-a%zz")]
    [TestCase("wormhole-transfer:4-a?role")]
    [TestCase("wormhole-transfer:4-a?rendezvous=")]
    [TestCase("wormhole-transfer:4-é")]
    [TestCase("")]
    public void NoLink_IsRefusedWithAReason(string text)
    {
        Assert.That(TransferUri.TryParse(text, out _, out var reason), Is.False);
        Assert.That(reason, Is.Not.Empty);
    }

    [FsCheck.NUnit.Property]
    public bool WhatIsWritten_IsRead(FsCheck.NonEmptyString code, bool sends)
    {
        var text = code.Get;
        var written = new TransferUri(text, "ws://h:4000", sends);
        // Half of a surrogate pair is no text.
        return !Utf8Text.IsWellFormed(text) || (TransferUri.TryParse(written.ToString(), out var read, out _) && read == written);
    }
}
