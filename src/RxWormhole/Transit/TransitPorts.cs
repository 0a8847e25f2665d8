namespace RxWormhole;

/// <summary>The ports that may be listened on.</summary>
/// <param name="First">The lowest, 1 to 65,535; or 0 together with <paramref name="Last"/> for any port the system chooses.</param>
/// <param name="Last">The highest, not below the first.</param>
public readonly record struct TransitPorts(int First, int Last)
{
    /// <summary>Any port the system chooses.</summary>
    public static TransitPorts Any { get; }

    /// <summary>One port only.</summary>
    public static TransitPorts Only(int port) => new(port, port);

    internal bool IsUsable => (First == 0 && Last == 0) || (First is > 0 and <= 65_535 && Last >= First && Last <= 65_535);
}
