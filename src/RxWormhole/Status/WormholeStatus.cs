namespace RxWormhole;

/// <summary>The state of a session at a glance, for a line of text or a view model. Holds no secret.</summary>
public sealed record WormholeStatus
{
    /// <summary>How far the session has come.</summary>
    public WormholeStage Stage { get; init; }

    /// <summary>What is going on between us and the server.</summary>
    public LinkStatus Link { get; init; } = new LinkStatus.None();

    /// <summary>Poll mode: how often the server is asked; null in push mode and before the first poll.</summary>
    public PollInterval? Polling { get; init; }

    /// <summary>How the session came out; null while it lives.</summary>
    public WormholeOutcome? Outcome { get; init; }

    /// <summary>The status in a few words of English.</summary>
    public override string ToString() => (Stage, Link) switch
    {
        (WormholeStage.Ended or WormholeStage.Closing, _) when Outcome?.Error is { } error => $"failed: {error.Message}",
        (WormholeStage.Ended, _) => "ended",
        (WormholeStage.Closing, _) => "closing",
        (WormholeStage.Idle, _) => "idle",
        (_, LinkStatus.Dialling { Attempt: > 1 } dialling) => $"{Progress}, connecting again (attempt {dialling.Attempt})",
        (_, LinkStatus.Dialling) => $"{Progress}, connecting",
        (_, LinkStatus.Lost lost) => $"{Progress}, connection lost ({lost.Reason}), next attempt in {lost.RetryIn.TotalSeconds:F1} s",
        (_, LinkStatus.Resting resting) => $"{Progress}, next poll in {resting.NextPollIn}",
        _ => Progress,
    };

    private string Progress => Stage switch
    {
        WormholeStage.GettingCode => "getting a code",
        WormholeStage.WaitingForPeer => "waiting for the other side",
        WormholeStage.Exchanging => "exchanging keys",
        WormholeStage.Paired => "paired",
        _ => Stage.ToString(),
    };
}
