using RxWormhole.Protocol;

namespace RxWormhole.Server.Tests;

/// <summary>A server that lets in only who has worked for it.</summary>
public sealed class PermissionTests
{
    private const string Bind = """{"type":"bind","appid":"x","side":"a"}""";

    private TestServer server = null!;

    [TearDown]
    public async Task Stop() => await server.DisposeAsync();

    [TestCase("submit-permissions")]
    [TestCase("submit-permission")]
    public async Task GoodStamp_OpensTheDoor(string type)
    {
        await StartAsync(8);
        using var client = await server.DialAsync();
        Assert.That(await client.AskAsync(Submit(Stamp(client), type)), Is.Empty);
        Assert.That(await client.AskAsync(Bind), Is.Empty);
        Assert.That((string?)(await client.AskAsync("""{"type":"list"}"""))[0]["type"], Is.EqualTo("nameplates"));
    }

    [Test]
    public async Task NoStamp_IsAnErrorAndTheEnd()
    {
        await StartAsync(8);
        using var client = await server.DialAsync();
        await client.SendAsync(Bind);
        await client.ReadAsync();
        var error = await client.ReadAsync();
        Assert.That((string?)error!["error"], Does.Contain("requires a permission"));
        Assert.That(await client.ReadToEndAsync(), Is.EqualTo((1008, "a permission is required")));
    }

    [Test]
    public async Task StampThatIsNotForThisConnectionOrTooWeak_IsRefused()
    {
        await StartAsync(8);
        using var one = await server.DialAsync();
        using var two = await server.DialAsync();
        var others = Stamp(one);
        Assert.That(await one.AskAsync(Submit(others)), Is.Empty);
        var request = Request(two);
        foreach (var stamp in new[] { "", "x", others, Stamp(request with { Bits = 7 }), Stamp(two).Replace("1:8:", "1:9:", StringComparison.Ordinal), Stamp(request with { Resource = "else" }) })
            Assert.That(await two.ErrorAsync(Submit(stamp)), Does.Contain("not good"), stamp);
        Assert.That(await two.ErrorAsync("""{"type":"submit-permissions","method":"hashcash"}"""), Does.Contain("not good"));
        Assert.That(await two.ErrorAsync("""{"type":"submit-permissions","method":"none"}"""), Does.Contain("does not take"));
        Assert.That(await two.ErrorAsync("""{"type":"submit-permissions","method":"hashcash","stamp":1}"""), Is.EqualTo("'stamp' must be text"));
        Assert.That(await two.AskAsync(Submit(Stamp(two))), Is.Empty, "it may try again");
        Assert.That(await two.AskAsync(Bind), Is.Empty);
        Assert.That(await two.ErrorAsync(Submit(Stamp(two))), Is.EqualTo("unknown type"), "too late");
    }

    [Test]
    public async Task Bits_RiseWithTheConnections()
    {
        server = await TestServer.StartAsync(options =>
        {
            (options.HashcashBits, options.HashcashBitsAtFullLoad, options.Limits.Connections) = (2, 10, 4);
        });
        var clients = new List<MailboxClient>();
        for (var i = 0; i < 4; i++)
            clients.Add(await server.DialAsync());
        Assert.That(clients.Select(client => Request(client).Bits), Is.EqualTo(new[] { 4, 6, 8, 10 }));
        foreach (var client in clients)
            client.Dispose();
        TestServer.Until(() => server.Hub.Connections == 0, "they have left");
        using var next = await server.DialAsync();
        Assert.That(Request(next).Bits, Is.EqualTo(4));
        Assert.That(next.Welcome["permission-required"]!.AsObject().Select(each => each.Key), Is.EqualTo(new[] { "none", "hashcash" }), "the Rust client insists on both");
    }

    [Test]
    public async Task NoneAsked_NoneIsMentioned()
    {
        server = await TestServer.StartAsync();
        using var client = await server.DialAsync();
        Assert.That(client.Welcome["permission-required"], Is.Null);
    }

    private async Task StartAsync(int bits) => server = await TestServer.StartAsync(options => options.HashcashBits = options.HashcashBitsAtFullLoad = bits);

    private static HashcashRequest Request(MailboxClient client)
    {
        var asked = client.Welcome["permission-required"]!["hashcash"]!;
        return new HashcashRequest((int)asked["bits"]!, (string)asked["resource"]!);
    }

    private static string Stamp(MailboxClient client) => Stamp(Request(client));

    private static string Stamp(HashcashRequest request)
    {
        var mint = new HashcashMint(request, DateTimeOffset.UnixEpoch, new byte[HashcashMint.EntropyLength]);
        // Not better than asked for by luck.
        while (mint.TrySlice(1_000_000, out var stamp))
        {
            if (!Hashcash.Check(stamp.Replace($"1:{request.Bits}:", $"1:{request.Bits + 1}:", StringComparison.Ordinal), request.Bits + 1, request.Resource))
                return stamp;
        }

        throw new AssertionException("no stamp was found");
    }

    private static string Submit(string stamp, string type = "submit-permissions") => $$"""{"type":"{{type}}","method":"hashcash","stamp":"{{stamp}}"}""";
}
