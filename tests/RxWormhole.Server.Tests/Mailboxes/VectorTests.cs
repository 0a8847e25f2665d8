using System.Text.Json.Nodes;
using RxWormhole.Contracts;
using RxWormhole.Protocol.Tests.Server;
using RxWormhole.Tests;

namespace RxWormhole.Server.Tests;

/// <summary>The recorded conversations with the reference server, played against ours over WebSockets.</summary>
public sealed class VectorTests
{
    private WormholeServer server = null!;

    [OneTimeSetUp]
    public async Task StartServer() => server = await WormholeServer.StartAsync(new WormholeServerOptions
    {
        Mailbox = options =>
        {
            options.Motd = "line one\nline two";
            options.CurrentCliVersion = "1.2.3";
            // The reference declares nothing of the kind.
            options.LongestKeep = options.Keep;
        },
    });

    [OneTimeTearDown]
    public async Task StopServer() => await server.DisposeAsync();

    private static IEnumerable<TestCaseData> Conversations() => Vectors.Cases("mailbox-server.json");

    [TestCaseSource(nameof(Conversations))]
    public async Task Vector_IsAnsweredAsTheReferenceDoesOrAsRecommended(JsonNode vector)
    {
        var expected = DeliberateDifferences.Of(vector)?.Expected(vector) ?? vector;
        Assert.That(await LiveConversation.PlayAsync(server.Mailbox, expected), Is.Empty);
    }
}
