using System.Reactive.Linq;
using RxWormhole.Testing;

namespace RxWormhole.Simulation;

/// <summary>A party that sends a file or receives it, and begins again with another code where that fails: what has arrived is gone on with.</summary>
internal sealed class FileParty(SimulatedWorld simulated, Pair pair, PartyPlan plan) : Party(simulated, pair, plan)
{
    private const int MostAttempts = 4;
    private const string FileName = "content.bin";

    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(5);

    private int attempt;
    private bool hasGivenUp;
    private bool wasMoving;

    /// <summary>Whether it knows that the file is over there, or here.</summary>
    internal bool IsSent { get; private set; }

    internal bool IsSender => Pair.Plan.Parties[0] == Plan;

    /// <summary>Whether a connection was lost and the transfer gone on with behind its beginning.</summary>
    internal bool HasGoneOn { get; private set; }

    protected override string Journal => $"attempt {attempt}";

    protected override bool IsOneSession => false;

    /// <summary>What was received, or null.</summary>
    internal byte[]? File => Process.Files.Paths.Contains($"/in/{FileName}") ? Process.Files.Read($"/in/{FileName}") : null;

    protected override async Task LiveAsync(VirtualProcess process, Checkpoint? checkpoint)
    {
        // The one transfer of a session cannot be begun again in another life.
        if (process.Lives > 1)
            attempt++;
        process.Files.AddFolder("/in");
        if (IsSender && !process.Files.Paths.Contains($"/out/{FileName}"))
            process.Files.AddFile($"/out/{FileName}", Pair.Content);
        for (; !IsSent && !hasGivenUp && attempt < MostAttempts; attempt++)
        {
            await SessionAsync(process, async (wormhole, probe, options) =>
            {
                if (!await BeginAsync(wormhole, probe, options, isRestored: false))
                {
                    hasGivenUp = true;
                    Closed = await wormhole.Close();
                    return;
                }

                var progress = IsSender
                    ? wormhole.SendFile($"/out/{FileName}", new SendOptions { Source = process.Files })
                    : wormhole.ReceiveOffer(new ReceiveOptions { Sink = process.Files, Folder = "/in" }).SelectMany(offer => ((IncomingContent)offer).Accept());
                await probe.Stream("Transfer", progress).Do(Follow);
                IsSent = true;
                Closed = await probe.Verb("Close", wormhole.Close());
            });
            if (!IsSent)
                await Observable.Timer(BetweenAttempts, process.Options(Pair.AppId).Scheduler);
        }
    }

    private void Follow(TransferProgress progress)
    {
        HasGoneOn |= wasMoving && progress.Stage == TransferStage.Connecting && progress.Bytes > 0;
        wasMoving = progress.Stage is TransferStage.Moving or TransferStage.Finishing;
    }
}
