using System.Reactive.Concurrency;

namespace RxWormhole.Cli;

/// <summary>The row that shows how far a transfer is.</summary>
internal sealed class TransferRow(Display display, Announcer announcer, IScheduler scheduler, bool isHidden)
{
    private (DateTimeOffset When, long Bytes)? begun;
    private bool isShown;

    internal void Tell(TransferProgress now)
    {
        if (now.Stage == TransferStage.Moving)
            begun ??= (scheduler.Now, now.Bytes);
        announcer.Say(StatusWords.Of(now));
        if (isHidden || !display.IsLive || begun is not { } beginning || now.Stage < TransferStage.Moving)
            return;
        isShown = true;
        var took = scheduler.Now - beginning.When;
        if (now.Stage == TransferStage.Done)
            now = now with { BytesPerSecond = took > TimeSpan.Zero ? (now.Bytes - beginning.Bytes) / took.TotalSeconds : 0 };
        display.Status(ProgressRow.Of(now, display.Width - 1, now.Stage == TransferStage.Done ? took : null));
        if (now.Stage == TransferStage.Done)
            End();
    }

    /// <summary>Leaves it as it is.</summary>
    internal void End()
    {
        announcer.Say(null);
        if (isShown)
            display.Keep();
        isShown = false;
    }
}
