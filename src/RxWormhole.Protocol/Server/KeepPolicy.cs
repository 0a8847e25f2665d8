namespace RxWormhole.Protocol;

/// <summary>How long a server keeps a mailbox that nobody touches.</summary>
/// <param name="Usual">For whom nothing else was asked.</param>
/// <param name="Longest">The most that is granted to who asks with <c>keep</c>, and what the welcome declares.</param>
public readonly record struct KeepPolicy(TimeSpan Usual, TimeSpan Longest)
{
    /// <summary>What the reference server does: eleven minutes, whatever is asked for.</summary>
    public static KeepPolicy Reference { get; } = new(TimeSpan.FromMinutes(11), TimeSpan.FromMinutes(11));

    /// <summary>Gives the time for a mailbox.</summary>
    /// <param name="asked">The seconds the client asked for, or null.</param>
    public TimeSpan Grant(int? asked)
    {
        var wanted = asked is { } seconds ? TimeSpan.FromSeconds(seconds) : Usual;
        return wanted > Longest ? Longest : wanted < Usual ? Usual : wanted;
    }
}
