using Microsoft.Extensions.Logging.Abstractions;
using RxWormhole.Protocol;

namespace RxWormhole.Cli;

/// <summary>Makes a session's options of a command's settings.</summary>
internal static class SessionOptions
{
    internal static WormholeOptions Of(CommandRun run) => run.World.Adjust(WormholeOptions.ForFiles with
    {
        AppId = run.Settings.AppId,
        Rendezvous = run.Settings.Mailbox,
        Scheduler = run.World.Scheduler,
        Timeout = run.Settings.Timeout ?? Timeout.InfiniteTimeSpan,
        Logger = run.Settings.Verbose ? new LineLogger(run.World.Log) : NullLogger.Instance,
        Mode = run.Settings.Schedule is null ? LinkMode.Push : LinkMode.Poll,
        Schedule = run.Settings.Schedule ?? PollingSchedule.FaceToFace,
        Transit = new TransitOptions
        {
            Relays = run.Settings.TransitHelper switch
            {
                null => [PublicServers.TransitRelay],
                "" => [],
                var text => [RelayHint.Parse(text)],
            },
            // As the Python client, whose key is the same under every application id.
            KeyPurpose = TransitKeys.Purpose(PublicServers.FileTransfer),
            Paths = run.Settings.Paths,
            Listen = run.Settings.Listen,
            Ports = run.Settings.Ports,
        },
    });
}
