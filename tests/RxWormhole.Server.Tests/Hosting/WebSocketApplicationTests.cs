using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace RxWormhole.Server.Tests;

/// <summary>A mailbox server in an application that uses WebSockets of its own.</summary>
public sealed class WebSocketApplicationTests
{
    [Test]
    public async Task ApplicationUsesWebSocketsItself_TheMailboxServerServesAllTheSame()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.AddWormholeMailbox();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var app = builder.Build();
        app.UseWebSockets();
        app.MapWormholeMailbox();
        await app.StartAsync();
        using var client = new MailboxClient(null);
        await client.ConnectAsync(new UriBuilder(app.Urls.First()) { Scheme = "ws", Path = "/v1" }.Uri);
        Assert.That(await client.AskAsync("""{"type":"list"}"""), Has.Count.EqualTo(1));
    }
}
