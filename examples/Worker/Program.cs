using System.Reactive.Concurrency;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RxWormhole;
using RxWormhole.Examples.Worker;
using RxWormhole.Testing;

// dotnet run --project examples/Worker [server] [--Sessions=100] [--Wormhole:Timeout=00:10:00]
var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });

if (args is [var server, ..] && !server.StartsWith('-'))
    builder.Configuration["Wormhole:Rendezvous"] = server;
else
    builder.Services.AddSingleton<IRendezvousConnector>(new VirtualRendezvous(DefaultScheduler.Instance));

builder.Services.AddWormhole(builder.Configuration.GetSection("Wormhole"));
builder.Services.AddSingleton<FrontDesk>();
builder.Services.AddHostedService<Greeter>();
builder.Services.AddHostedService<Visitors>();
builder.Build().Run();
