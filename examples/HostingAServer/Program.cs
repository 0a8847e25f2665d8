using System.Net;
using System.Reactive.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using RxWormhole;
using RxWormhole.Server;

// dotnet run --project examples/HostingAServer [-- --stay] [--Mailbox:Motd=Hello] [--Relay:BytesPerPair=1000000]

#region An application with a mailbox server and a transit relay in it
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddWormholeMailbox(builder.Configuration.GetSection("Mailbox"));
builder.Services.AddWormholeRelay(builder.Configuration.GetSection("Relay"));
builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(WormholeServer.MeterName).AddPrometheusExporter());
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.Listen(IPAddress.Loopback, 0); // The application's own pages, the mailbox server and the metrics.
    kestrel.ListenWormholeRelay(IPAddress.Loopback, 0);
});
builder.Logging.SetMinimumLevel(LogLevel.Warning);

var app = builder.Build();
app.MapGet("/", () => "An application of its own.");
app.MapWormholeMailbox();
app.MapWormholeRelay();
app.MapWormholeHealth();
app.MapPrometheusScrapingEndpoint();
await app.StartAsync();
#endregion

var address = new Uri(app.Urls.First());
var options = new WormholeOptions { AppId = "example.com/rxwormhole", Rendezvous = new UriBuilder(address) { Scheme = "ws", Path = "/v1" }.Uri };
Console.WriteLine($"The mailbox server is at {options.Rendezvous}, everything else at {address}");

var told = Wormhole.Use(options, alice =>
    from code in alice.AllocateCode()
    from heard in Wormhole.Use(options, bob =>
        from known in bob.SetCode(code)
        from sent in alice.Send("Hello through our own server")
        from message in bob.Receive()
        select message.Text)
    select heard);
Console.WriteLine($"Bob was told: {await told}");

using var browser = new HttpClient { BaseAddress = address };
Console.WriteLine($"It is {await browser.GetStringAsync("/readyz")}, and counted:");
foreach (var line in (await browser.GetStringAsync("/metrics")).Split('\n').Where(line => line.StartsWith("rxwormhole_", StringComparison.Ordinal)))
    Console.WriteLine($"  {line}");

if (args.Contains("--stay"))
    await app.WaitForShutdownAsync();
await app.StopAsync();
