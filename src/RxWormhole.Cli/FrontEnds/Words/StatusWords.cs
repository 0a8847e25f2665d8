namespace RxWormhole.Cli;

/// <summary>Something to wait for.</summary>
/// <param name="Text">What.</param>
/// <param name="Key">What of it is said once where it cannot be written over.</param>
/// <param name="IsUrgent">Whether it is told at once, and not only where it takes a while.</param>
internal sealed record StatusNote(string Text, string Key, bool IsUrgent = false)
{
    internal StatusNote(string text)
        : this(text, text)
    {
    }
}

/// <summary>What people are told of how a session or a transfer stands.</summary>
internal static class StatusWords
{
    private const string Waiting = "Waiting for the other side...";

    /// <summary>What there is to wait for; null where there is nothing to tell.</summary>
    /// <param name="now">How the session stands.</param>
    /// <param name="wasUp">Whether there was a link to the server before.</param>
    internal static StatusNote? Of(WormholeStatus now, bool wasUp) => (now.Stage, now.Link) switch
    {
        (WormholeStage.Idle or WormholeStage.Paired or WormholeStage.Closing or WormholeStage.Ended, _) => null,
        (_, LinkStatus.Lost lost) => Trouble(lost, wasUp),
        (_, LinkStatus.Dialling) when !wasUp => new StatusNote("Connecting to the server..."),
        (WormholeStage.WaitingForPeer, LinkStatus.Resting resting) =>
            new StatusNote($"{Waiting} (the server is asked again in {Sizes.Pause(resting.NextPollIn)})", Waiting),
        (WormholeStage.WaitingForPeer, _) => new StatusNote(Waiting),
        (WormholeStage.Exchanging, _) => new StatusNote("The other side is there. Waiting for its confirmation..."),
        _ => null,
    };

    /// <summary>The same for a transfer.</summary>
    internal static StatusNote? Of(TransferProgress now) => now.Stage switch
    {
        TransferStage.Waiting => new StatusNote("Waiting for the other side to accept..."),
        TransferStage.Connecting => new StatusNote("Connecting to the other side..."),
        TransferStage.Finishing => new StatusNote("Waiting for confirmation..."),
        _ => null,
    };

    private static StatusNote Trouble(LinkStatus.Lost lost, bool wasUp)
    {
        var what = $"{(wasUp ? "Connection to the server lost" : "No connection to the server")} ({SafeText.Line(lost.Reason.TrimEnd('.'))})";
        return new StatusNote($"{what}, next attempt in {Sizes.Pause(lost.RetryIn)}", what, IsUrgent: true);
    }
}
