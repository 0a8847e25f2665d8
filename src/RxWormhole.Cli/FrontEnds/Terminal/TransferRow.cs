using System.Reactive.Concurrency;

namespace RxWormhole.Cli;

/// <summary>The row that shows how far a transfer is.</summary>
internal sealed class TransferRow(Display display, Announcer announcer, IScheduler scheduler, bool isHidden)
{
    // What took no time had no rate either.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private DateTimeOffset? begun;
    private long before;
    private TransferStage stage;
    private Piece[]? row;

    internal void Tell(TransferProgress now)
    {
        if (now.Stage < TransferStage.Moving)
            before = now.Bytes;
        else
            begun ??= scheduler.Now;
        announcer.Say(StatusWords.Of(now));
        if (isHidden || !display.IsLive)
            return;
        if (now.Stage >= TransferStage.Moving)
            row = now.Stage == TransferStage.Done ? Last(now, scheduler.Now - begun!.Value) : ProgressRow.Of(now, display.Width - 1);
        // Where a connection was lost, it stays until there is something else to tell.
        if (row is not null && (now.Stage >= TransferStage.Moving || now.Stage != stage))
            display.Status(row);
        stage = now.Stage;
        if (stage == TransferStage.Done)
            End();
    }

    /// <summary>Leaves it as it is.</summary>
    internal void End()
    {
        announcer.Say(null);
        if (row is null)
            return;
        display.Status(row);
        display.Keep();
        row = null;
    }

    private Piece[] Last(TransferProgress now, TimeSpan took) => took < Moment
        ? ProgressRow.Of(now with { BytesPerSecond = 0, Remaining = null }, display.Width - 1)
        : ProgressRow.Of(now with { BytesPerSecond = (now.Bytes - before) / took.TotalSeconds }, display.Width - 1, took);
}
