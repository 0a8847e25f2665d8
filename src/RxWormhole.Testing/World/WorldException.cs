namespace RxWormhole.Testing;

/// <summary>A <see cref="VirtualWorld"/> went another way than it should have. The message has the seed, the faults and the traffic.</summary>
public sealed class WorldException : Exception
{
    /// <summary>Describes it.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="inner">What it came from, or null.</param>
    public WorldException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
