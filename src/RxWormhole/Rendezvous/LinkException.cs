namespace RxWormhole;

/// <summary>A link to the server could not be made, or was lost. Sessions mend that by themselves; connectors report it.</summary>
public sealed class LinkException : IOException
{
    /// <summary>Describes what happened.</summary>
    /// <param name="message">What happened, for a line of status.</param>
    /// <param name="inner">What it came from, or null.</param>
    public LinkException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>How long the server asked us to stay away, or null where it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How much a random part may add to that, so that not all of a server's clients come back at once.</summary>
    public TimeSpan RetrySpread { get; init; }

    /// <summary>Whether another attempt would only meet the same, so that the session has to end.</summary>
    public bool IsFatal { get; init; }
}
