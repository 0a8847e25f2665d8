namespace RxWormhole.Simulation;

/// <summary>What one party does. Pure data.</summary>
internal sealed record PartyPlan(string Name)
{
    internal LinkKind Link { get; init; }

    /// <summary>How long a frame of its takes each way; null for as long as usual.</summary>
    internal TimeSpan? Latency { get; init; }

    /// <summary>By how much its clock is wrong.</summary>
    internal TimeSpan ClockSkew { get; init; }

    /// <summary>How long after the world's beginning it starts, or after it was told the code.</summary>
    internal TimeSpan Waits { get; init; }

    /// <summary>How many messages it sends.</summary>
    internal int Messages { get; init; }

    /// <summary>Whether it sends all at once, or each one when the one before it is at the server.</summary>
    internal bool IsTalkative { get; init; }

    /// <summary>Whether it begins to send before it has a code.</summary>
    internal bool IsHasty { get; init; }

    /// <summary>Whether it compares verifiers first, and how long its people take.</summary>
    internal TimeSpan? Compares { get; init; }

    /// <summary>Whether it takes its messages one by one, or listens to all of them.</summary>
    internal bool TakesOneByOne { get; init; }

    /// <summary>Whether it stores checkpoints.</summary>
    internal bool HasJournal { get; init; }

    /// <summary>How long after its beginning it closes, whatever it is in the middle of; null for when it is done.</summary>
    internal TimeSpan? ClosesAfter { get; init; }

    /// <summary>Whether it polls on a schedule for days.</summary>
    internal bool IsPatient { get; init; }

    /// <summary>How often a link over HTTP asks for news.</summary>
    internal TimeSpan HttpPollInterval { get; init; } = TimeSpan.FromSeconds(10);

    internal bool IsPolling => Link is LinkKind.Poll or LinkKind.HttpPoll;

    internal bool IsOverHttp => Link is LinkKind.HttpPush or LinkKind.HttpPoll;
}
