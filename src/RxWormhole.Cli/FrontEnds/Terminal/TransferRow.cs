using System.Reactive.Concurrency;

namespace RxWormhole.Cli;

/// <summary>The row that shows how far a transfer is.</summary>
internal sealed class TransferRow(Display display, Announcer announcer, IScheduler scheduler, bool isHidden)
{
    // What took no time had no rate either.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private DateTimeOffset? begun;
    private long before;
    private bool isShown;

    internal void Tell(TransferProgress now)
    {
        if (now.Stage < TransferStage.Moving)
            before = now.Bytes;
        else
            begun ??= scheduler.Now;
        announcer.Say(StatusWords.Of(now));
        if (isHidden || !display.IsLive || begun is not { } beginning || now.Stage < TransferStage.Moving)
            return;
        isShown = true;
        display.Status(now.Stage == TransferStage.Done ? Last(now, scheduler.Now - beginning) : ProgressRow.Of(now, display.Width - 1));
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

    private Piece[] Last(TransferProgress now, TimeSpan took) => took < Moment
        ? ProgressRow.Of(now with { BytesPerSecond = 0, Remaining = null }, display.Width - 1)
        : ProgressRow.Of(now with { BytesPerSecond = (now.Bytes - before) / took.TotalSeconds }, display.Width - 1, took);
}
