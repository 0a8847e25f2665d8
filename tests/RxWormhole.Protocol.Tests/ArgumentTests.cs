namespace RxWormhole.Protocol.Tests;

/// <summary>What a caller gets wrong is said at once, by the parameter's name and in words.</summary>
public sealed class ArgumentTests
{
    private static readonly HashcashRequest Request = new(1, "r");

    private static IEnumerable<TestCaseData> Nulls()
    {
        yield return Case("typed", () => CodeText.Normalize(null!));
        yield return Case("prefix", () => WordList.Complete(null!, 2));
        yield return Case("json", () => AppVersions.Parse(null!));
        yield return Case("scalar", () => Spake2.Start("4-a"u8, null!));
        yield return Case("versions", () => VersionBody.Write(null!));
        yield return Case("message", () => MessageCodec.Write((ClientMessage)null!));
        yield return Case("message", () => MessageCodec.Write((ServerMessage)null!));
        yield return Case("phase", () => Phase.TryGetNumber(null!, out _));
        yield return Case("text", () => Hashcash.IsResource(null!));
        yield return Case("request", () => _ = new HashcashMint(null!, DateTimeOffset.UnixEpoch, new byte[HashcashMint.EntropyLength]));
        yield return Case("command", () => new ConnectionState().On(null!));
        yield return Case("store", () => MailboxOperations.Run(null!, new Operation.List(), default));
        yield return Case("store", () => MailboxOperations.Prune(null!, "m", isSubscribed: false, DateTimeOffset.UnixEpoch));
        yield return Case("isTaken", () => NameplateAllocation.Choose(_ => 0, null!, 0));
        yield return Case("countTaken", () => NameplateAllocation.Choose(null!, _ => false, 0));
        yield return Case("text", () => Nfc.Normalize(null!));
        yield return Case("text", () => Utf8Text.Normalized(null!));
        yield return Case("text", () => Utf8Text.IsWellFormed(null!));
        yield return Case("run", () => _ = new MemoryMailboxServer(new WelcomeInfo(), KeepPolicy.Reference, null!));
        yield return Case("stored", () => new MemoryMailboxServer(new WelcomeInfo(), KeepPolicy.Reference).Restore(null!));
    }

    private static IEnumerable<TestCaseData> Mistakes()
    {
        yield return Case("1 to 40 digits", () => WormholeCode.Join("four", "a-b"));
        yield return Case("without spaces", () => WormholeCode.Join("4", "a b"));
        yield return Case("JSON object", () => AppVersions.Parse("[]"));
        yield return Case("JSON object", () => AppVersions.Parse("{"));
        yield return Case("64 random bytes", () => Spake2.CreateScalar(new byte[63]));
        yield return Case("64 random bytes", () => Spake2.CreateScalar(new byte[65]));
        yield return Case("number that is zero", () => Spake2.CreateScalar(new byte[64]));
        yield return Case("32 bytes", () => Spake2.Start("4-a"u8, new SecretBytes(new byte[31])));
        yield return Case("32 bytes", () => _ = new SharedKey(new byte[31]));
        yield return Case("24 bytes", () => new SharedKey(new byte[32]).Seal("side", "0", new byte[23], []));
        yield return Case("32 bytes", () => _ = new Verifier(new byte[33]));
        yield return Case("12 random bytes", () => _ = new HashcashMint(Request, DateTimeOffset.UnixEpoch, new byte[11]));
        yield return Case("16 random bytes", () => new MemoryMailboxServer(new WelcomeInfo(), KeepPolicy.Reference).Receive(1, "{}"u8, DateTimeOffset.UnixEpoch, new byte[15]));
        yield return Case("surrogate", () => Utf8Text.Normalized("4-\ud800"));
    }

    [TestCaseSource(nameof(Nulls))]
    public void Null_IsNamed(string parameter, Action call) =>
        Assert.That(call, Throws.ArgumentNullException.With.Property(nameof(ArgumentException.ParamName)).EqualTo(parameter));

    [TestCaseSource(nameof(Mistakes))]
    public void Mistake_IsExplained(string explanation, Action call) => Assert.That(call, Throws.ArgumentException.With.Message.Contains(explanation));

    [Test]
    public void TextThatIsNoJson_KeepsTheReadersReason() =>
        Assert.That(() => AppVersions.Parse("{"), Throws.ArgumentException.With.InnerException.InstanceOf<System.Text.Json.JsonException>());

    private static TestCaseData Case(string expected, Action call) => new(expected, call);
}
