using System.Net;

namespace RxWormhole.Server.Tests;

/// <summary>What one address may have of a mailbox server, seen through a proxy that is believed.</summary>
public sealed class AddressLimitTests
{
    private const string Someone = "203.0.113.7";
    private const string SomeoneElse = "203.0.113.8";

    private TestServer server = null!;

    [TearDown]
    public async Task Stop() => await server.DisposeAsync();

    [Test]
    public async Task ConnectionsPerAddress_OneMoreIsRefusedUntilOneEnds()
    {
        await StartAsync(limits => limits.ConnectionsPerAddress = 2);
        using var one = await server.DialAsync(Someone);
        using var two = await server.DialAsync(Someone);
        Assert.That(await server.RefusalAsync(Someone), Is.EqualTo(HttpStatusCode.TooManyRequests));
        using var other = await server.DialAsync(SomeoneElse);
        one.Dispose();
        TestServer.Until(() => server.Hub.Connections == 2, "one has left");
        using var three = await server.DialAsync(Someone);
        Assert.That(await server.RefusalAsync(Someone), Is.EqualTo(HttpStatusCode.TooManyRequests));
        foreach (var client in new[] { two, three, other })
            client.Dispose();
        TestServer.Until(() => server.Hub is { Connections: 0, Ledger.Count: 0 }, "everything is given back");
    }

    [Test]
    public async Task SizePerAddress_OneMoreIsAnErrorUntilSomethingGoes()
    {
        await StartAsync(limits => (limits.SizePerMailbox, limits.SizePerAddress) = (1024, 1500));
        using var one = await server.BindAsync("a", Someone);
        using var two = await server.BindAsync("a", Someone);
        using var other = await server.BindAsync("a", SomeoneElse);
        foreach (var (client, mailbox) in new[] { (one, "m"), (two, "n"), (other, "o") })
            await client.AskAsync($$"""{"type":"open","mailbox":"{{mailbox}}"}""");
        var add = $$"""{"type":"add","phase":"0","body":"{{new string('0', 900)}}"}""";
        Assert.That(await one.AskAsync(add), Has.Count.EqualTo(1));
        Assert.That(await two.ErrorAsync(add), Does.Contain("from your address"));
        Assert.That(await other.AskAsync(add), Has.Count.EqualTo(1));
        await one.AskAsync("""{"type":"close"}""");
        Assert.That(await two.AskAsync(add), Has.Count.EqualTo(1));
        foreach (var client in new[] { two, other })
            await client.AskAsync("""{"type":"close"}""");
        foreach (var client in new[] { one, two, other })
            client.Dispose();
        TestServer.Until(() => server.Hub is { Connections: 0, Ledger.Count: 0 }, "everything is given back");
    }

    [Test]
    public async Task IPv6_CountsByNetworksOf64Bits()
    {
        await StartAsync(limits => limits.ConnectionsPerAddress = 1);
        using var one = await server.DialAsync("2001:db8:1:2::1");
        Assert.That(await server.RefusalAsync("2001:db8:1:2:ffff:ffff:ffff:ffff"), Is.EqualTo(HttpStatusCode.TooManyRequests));
        using var neighbour = await server.DialAsync("2001:db8:1:3::1");
    }

    [Test]
    public async Task MappedIPv4_IsTheSameAddress()
    {
        await StartAsync(limits => limits.ConnectionsPerAddress = 1);
        using var one = await server.DialAsync(Someone);
        Assert.That(await server.RefusalAsync($"::ffff:{Someone}"), Is.EqualTo(HttpStatusCode.TooManyRequests));
    }

    [Test]
    public async Task RequestsPerMinute_OneMoreIsRefused()
    {
        await StartAsync(limits => limits.RequestsPerMinute = 3);
        for (var i = 0; i < 3; i++)
        {
            using var client = await server.DialAsync(Someone);
        }

        Assert.That(await server.RefusalAsync(Someone), Is.EqualTo(HttpStatusCode.TooManyRequests));
        using var other = await server.DialAsync(SomeoneElse);
    }

    [Test]
    public async Task MailboxesPerAddress_NoMoreAreMadeButOthersMayBeJoined()
    {
        await StartAsync(limits => limits.MailboxesPerAddress = 2);
        using var host = await server.BindAsync("host", SomeoneElse);
        await host.AskAsync("""{"type":"open","mailbox":"of the host"}""");
        await OpenAsync("one");
        await OpenAsync("two");
        using var client = await server.BindAsync("a", Someone);
        Assert.That(await client.ErrorAsync("""{"type":"open","mailbox":"three"}"""), Does.Contain("too many mailboxes from your address"));
        Assert.That(await client.AskAsync("""{"type":"open","mailbox":"of the host"}"""), Is.Empty);
        await client.AskAsync("""{"type":"close"}""");
        using var closer = await server.BindAsync("a", Someone);
        await closer.AskAsync("""{"type":"close","mailbox":"one"}""");
        await OpenAsync("four");
    }

    [Test]
    public async Task NameplatesPerAddress_NoMoreAreMadeButMailboxesAre()
    {
        await StartAsync(limits => limits.NameplatesPerAddress = 2);
        using var one = await server.BindAsync("a", Someone);
        await one.AskAsync("""{"type":"claim","nameplate":"4"}""");
        using var two = await server.BindAsync("b", Someone);
        await two.AskAsync("""{"type":"allocate"}""");
        using var three = await server.BindAsync("c", Someone);
        Assert.Multiple(async () =>
        {
            Assert.That(await three.ErrorAsync("""{"type":"claim","nameplate":"77"}"""), Does.Contain("too many nameplates from your address"));
            Assert.That(await three.ErrorAsync("""{"type":"allocate"}"""), Does.Contain("too many nameplates from your address"));
            Assert.That(await three.AskAsync("""{"type":"open","mailbox":"without a nameplate"}"""), Is.Empty, "it takes none");
        });
        await one.AskAsync("""{"type":"release"}""");
        Assert.That((string?)(await three.AskAsync("""{"type":"allocate"}"""))[0]["type"], Is.EqualTo("allocated"));
    }

    [Test]
    public async Task WhatIsCounted_IsGivenBack()
    {
        await StartAsync(_ => { });
        using (var client = await server.BindAsync("a", Someone))
        {
            var mailbox = (string)(await client.AskAsync("""{"type":"claim","nameplate":"4"}"""))[0]["mailbox"]!;
            await client.AskAsync($$"""{"type":"open","mailbox":"{{mailbox}}"}""");
            Assert.That(server.Hub.Ledger.Count, Is.EqualTo(1));
            await client.AskAsync("""{"type":"release"}""");
            await client.AskAsync("""{"type":"close"}""");
        }

        TestServer.Until(() => server.Hub is { Connections: 0, Ledger.Count: 0, Subscriptions.Count: 0 }, "nothing is left");
    }

    [Test]
    public async Task UntrustedPeersForwardedAddress_IsIgnored()
    {
        server = await TestServer.StartAsync(options =>
        {
            options.TrustedProxies.Add("192.0.2.0/24");
            options.Limits.ConnectionsPerAddress = 1;
            options.Limits.ExemptLoopback = false;
        });
        using var one = await server.DialAsync(Someone);
        Assert.That((string?)one.Welcome["your-address"]!["ipv4"], Is.EqualTo("127.0.0.1"));
        Assert.That(await server.RefusalAsync(SomeoneElse), Is.EqualTo(HttpStatusCode.TooManyRequests));
    }

    [Test]
    public async Task WhatTheClientItselfWroteIntoTheHeader_IsNotBelieved()
    {
        await StartAsync(limits => limits.ConnectionsPerAddress = 1);
        using var one = await server.DialAsync($"127.0.0.1, {Someone}");
        Assert.That((string?)one.Welcome["your-address"]!["ipv4"], Is.EqualTo(Someone));
        Assert.That(await server.RefusalAsync($"198.51.100.9, {Someone}"), Is.EqualTo(HttpStatusCode.TooManyRequests));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Loopback_IsExemptUnlessToldOtherwise(bool isExempt)
    {
        server = await TestServer.StartAsync(options =>
        {
            options.Limits.ConnectionsPerAddress = 1;
            options.Limits.RequestsPerMinute = 2;
            options.Limits.ExemptLoopback = isExempt;
        });
        using var one = await server.DialAsync();
        if (!isExempt)
        {
            Assert.That(await server.RefusalAsync(), Is.EqualTo(HttpStatusCode.TooManyRequests));
            return;
        }

        using var two = await server.DialAsync();
        using var three = await server.DialAsync();
        Assert.That(server.Hub.Ledger.Count, Is.Zero);
    }

    private async Task OpenAsync(string mailbox)
    {
        using var client = await server.BindAsync("a", Someone);
        Assert.That(await client.AskAsync($$"""{"type":"open","mailbox":"{{mailbox}}"}"""), Is.Empty);
    }

    private async Task StartAsync(Action<MailboxLimits> limit) => server = await TestServer.StartAsync(options =>
    {
        options.TrustedProxies.Add(TestServer.Proxy);
        limit(options.Limits);
    });
}
