using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole.Cli;

/// <summary>Asks the server which nameplates are in use, for a moment only.</summary>
internal static class ListedNameplates
{
    // Somebody has pressed Tab and waits.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>The nameplates; none where the server does not say, or not in time.</summary>
    internal static IReadOnlyList<string> Of(ClientSettings settings, CliWorld world)
    {
        try
        {
            using var wormhole = Wormhole.Create(world.Adjust(new WormholeOptions { AppId = settings.AppId, Rendezvous = settings.Mailbox, Scheduler = world.Scheduler }));
            return wormhole.InputCode().Refresh()
                .Catch(Observable.Empty<IReadOnlyList<string>>())
                .Timeout(Patience, Observable.Empty<IReadOnlyList<string>>(), world.Scheduler)
                .Select(listed => (IReadOnlyList<string>)[.. listed.Where(WormholeCode.IsNameplate)])
                .FirstOrDefaultAsync()
                .Wait() ?? [];
        }
        catch (Exception exception) when (exception is WormholeException or ArgumentException)
        {
            return [];
        }
    }
}
