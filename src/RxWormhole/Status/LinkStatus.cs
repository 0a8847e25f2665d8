using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>What is going on between a session and its rendezvous server. The hierarchy is closed.</summary>
public abstract record LinkStatus
{
    private LinkStatus()
    {
    }

    /// <summary>There is no link and none is wanted: before the beginning or after the end.</summary>
    public sealed record None : LinkStatus;

    /// <summary>A link is being made.</summary>
    /// <param name="Attempt">Which attempt it is since a link last worked, from 1.</param>
    public sealed record Dialling(int Attempt) : LinkStatus;

    /// <summary>The server has greeted us.</summary>
    /// <param name="Welcome">What it said about itself, this time.</param>
    public sealed record Up(WelcomeInfo Welcome) : LinkStatus;

    /// <summary>The link was lost, or could not be made; another attempt follows by itself and nothing is lost.</summary>
    /// <param name="Reason">What happened.</param>
    /// <param name="RetryIn">When the next attempt comes.</param>
    public sealed record Lost(string Reason, TimeSpan RetryIn) : LinkStatus;

    /// <summary>Poll mode: nothing is to be done until the next poll.</summary>
    /// <param name="NextPollIn">When that is, unless there is something to send before.</param>
    public sealed record Resting(TimeSpan NextPollIn) : LinkStatus;
}
