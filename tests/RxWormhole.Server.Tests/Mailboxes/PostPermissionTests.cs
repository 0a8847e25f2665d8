using System.Text.Json.Nodes;
using RxWormhole.Protocol;

namespace RxWormhole.Server.Tests;

/// <summary>A server that wants work: over HTTP a stamp is for what an earlier answer asked for.</summary>
public sealed class PostPermissionTests : PostFixture
{
    [SetUp]
    public Task AskForWork() => Start(options => options.HashcashBits = options.HashcashBitsAtFullLoad = 8);

    [Test]
    public async Task WithoutAStamp_IsAnsweredWithWhatIsAskedFor()
    {
        var answer = await PostAsync("aa", """{"type":"allocate"}""");
        Assert.That(Types(answer), Is.EqualTo(new[] { "welcome", "ack", "error" }));
        Assert.That((string)answer[2]!["error"]!, Is.EqualTo("this server requires a permission before bind"));
        Assert.That(Asked(answer).Bits, Is.EqualTo(8));
    }

    [Test]
    public async Task StampForAnEarlierAnswer_IsGoodForEveryRequest()
    {
        var show = Show(Mint(Asked(await Client.PostAsync("[]"))));
        for (var i = 0; i < 3; i++)
            Assert.That(Types(await Client.PostAsync($$"""[{{show}},{{Bind("aa")}},{"type":"allocate"}]""")), Does.Contain("allocated"));
    }

    [Test]
    public async Task StampForWhatWasNeverAsked_IsNotGood()
    {
        var asked = Asked(await Client.PostAsync("[]"));
        var parts = asked.Resource.Split('-', 4);
        foreach (var resource in new[] { "rxwormhole", $"rxwormhole-0-{parts[2]}-{parts[3]}", $"rxwormhole-{parts[1]}-{parts[2]}9-{parts[3]}", asked.Resource + "x", asked.Resource[..^1] })
        {
            var answer = await Client.PostAsync($"[{Show(Mint(asked with { Resource = resource }))},{Bind("aa")}]");
            Assert.That((string)All("error", answer)[0]["error"]!, Is.EqualTo("this stamp is not good"), resource);
        }
    }

    [Test]
    public async Task StampWithTooLittleWork_IsNotGood()
    {
        var asked = Asked(await Client.PostAsync("[]"));
        var answer = await Client.PostAsync($"[{Show(Mint(asked with { Bits = 1 }))},{Bind("aa")}]");
        Assert.That((string)All("error", answer)[0]["error"]!, Is.EqualTo("this stamp is not good"));
    }

    [Test]
    public void Resources_AreForTheirTimeAndTheirAddress()
    {
        var stamps = new PostStamps(new byte[PostStamps.SecretLength]);
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        var asked = stamps.Ask(4, "192.0.2.1", now);
        var stamp = Mint(asked);
        Assert.Multiple(() =>
        {
            Assert.That(Hashcash.IsResource(asked.Resource), Is.True);
            Assert.That(stamps.Find(stamp, "192.0.2.1", now), Is.EqualTo(asked));
            Assert.That(stamps.Find(stamp, "192.0.2.1", now + PostStamps.Validity), Is.EqualTo(asked));
            Assert.That(stamps.Find(stamp, "192.0.2.1", now + PostStamps.Validity + TimeSpan.FromSeconds(1)), Is.Null);
            Assert.That(stamps.Find(stamp, "192.0.2.2", now), Is.Null);
            Assert.That(stamps.Find(stamp, null, now), Is.Null);
            Assert.That(new PostStamps([.. new byte[PostStamps.SecretLength - 1], 1]).Find(stamp, "192.0.2.1", now), Is.Null);
            Assert.That(stamps.Find("", null, now) ?? stamps.Find("1:4:x", null, now) ?? stamps.Find(":::rxwormhole-1-1:", null, now), Is.Null);
        });
    }

    private static HashcashRequest Asked(JsonArray answer)
    {
        var hashcash = The("welcome", answer)["welcome"]!["permission-required"]!["hashcash"]!;
        return new HashcashRequest((int)hashcash["bits"]!, (string)hashcash["resource"]!);
    }

    private static string Mint(HashcashRequest request)
    {
        new HashcashMint(request, DateTimeOffset.UnixEpoch, new byte[HashcashMint.EntropyLength]).TrySlice(1_000_000, out var stamp);
        return stamp!;
    }

    private static string Show(string stamp) => $$"""{"type":"submit-permissions","method":"hashcash","stamp":"{{stamp}}"}""";
}
