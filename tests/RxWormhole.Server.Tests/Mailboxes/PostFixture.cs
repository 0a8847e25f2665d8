using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace RxWormhole.Server.Tests;

/// <summary>A server that is talked to over HTTP.</summary>
public abstract class PostFixture
{
    private protected WormholeServer Server { get; private set; } = null!;

    private protected PostClient Client { get; private set; } = null!;

    [SetUp]
    public Task Start() => Start(_ => { });

    [TearDown]
    public async Task Stop()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }

    private protected async Task Start(Action<MailboxServerOptions> configure)
    {
        if (Server is not null)
            await Server.DisposeAsync();
        Server = await WormholeServer.StartAsync(new WormholeServerOptions { RelayEndPoint = null, Mailbox = configure });
        Client = new PostClient(Server.Mailbox);
    }

    private protected MailboxHub Hub => Server.Services.GetRequiredService<MailboxHub>();

    private protected static string Bind(string side) => $$"""{"type":"bind","appid":"example.com/post","side":"{{side}}"}""";

    /// <summary>Posts commands of a side.</summary>
    private protected Task<JsonArray> PostAsync(string side, params string[] commands) => Client.PostAsync($"[{string.Join(',', [Bind(side), .. commands])}]");

    private protected static string[] Types(JsonArray answer) => [.. answer.Select(message => (string)message!["type"]!)];

    private protected static JsonNode The(string type, JsonArray answer) => answer.Single(message => (string)message!["type"]! == type)!;

    private protected static JsonNode[] All(string type, JsonArray answer) => [.. answer.Where(message => (string)message!["type"]! == type)!];

    /// <summary>An answer without what only tells the time.</summary>
    private protected static string Timeless(JsonArray answer)
    {
        foreach (var message in answer)
            message!.AsObject().Remove("server_tx");
        foreach (var welcome in All("welcome", answer))
            (welcome["welcome"]!["your-address"] as JsonObject)?.Remove("port");
        return answer.ToJsonString();
    }
}
