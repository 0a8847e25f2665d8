using System.Reactive.Concurrency;
using RxWormhole.Testing;

namespace RxWormhole.Examples;

/// <summary>Where the two ends of an example meet: at the server named on the command line, otherwise at one inside this process.</summary>
internal static class Rendezvous
{
    internal static WormholeOptions Options(string[] args) => args is [var server, ..]
        ? new WormholeOptions { AppId = AppId, Rendezvous = new Uri(server) }
        : new WormholeOptions { AppId = AppId, Connector = new VirtualRendezvous(DefaultScheduler.Instance) };

    private const string AppId = "example.com/rxwormhole";
}
