namespace RxWormhole.Protocol;

/// <summary>How long a server keeps a mailbox that nobody touches.</summary>
/// <param name="Usual">For whom nothing else was asked.</param>
/// <param name="Longest">The most that is granted to who asks with <c>keep</c>, and what the welcome declares.</param>
/// <param name="Lifetime">After which time a mailbox ends whoever touches it, or null for never.</param>
public readonly record struct KeepPolicy(TimeSpan Usual, TimeSpan Longest, TimeSpan? Lifetime = null)
{
    /// <summary>What the reference server does: eleven minutes, whatever is asked for.</summary>
    public static KeepPolicy Reference { get; } = new(TimeSpan.FromMinutes(11), TimeSpan.FromMinutes(11));

    /// <summary>Gives the moment at which a mailbox ends that is made now.</summary>
    public DateTimeOffset Until(DateTimeOffset now) =>
        Lifetime is { } lifetime && lifetime < DateTimeOffset.MaxValue - now ? now + lifetime : DateTimeOffset.MaxValue;

    /// <summary>Gives the time for a mailbox.</summary>
    /// <param name="asked">The seconds the client asked for, or null.</param>
    public TimeSpan Grant(int? asked)
    {
        var wanted = asked is { } seconds ? TimeSpan.FromSeconds(seconds) : Usual;
        return wanted > Longest ? Longest : wanted < Usual ? Usual : wanted;
    }
}
