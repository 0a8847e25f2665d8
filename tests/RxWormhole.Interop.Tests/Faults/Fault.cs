namespace RxWormhole.Interop.Tests.Faults;

/// <summary>What becomes of a connection at a certain byte.</summary>
public enum FaultKind
{
    /// <summary>Both ends are closed.</summary>
    Cut,

    /// <summary>Both ends are reset.</summary>
    Reset,

    /// <summary>Whoever would get the byte is told that no more comes; the other way goes on.</summary>
    HalfClose,

    /// <summary>Nothing passes any more, either way, and nobody is told.</summary>
    Stall,

    /// <summary>The byte and all behind it come late.</summary>
    Delay,

    /// <summary>The byte and those behind it come one at a time.</summary>
    Trickle,

    /// <summary>The byte is another one.</summary>
    Corrupt,
}

/// <summary>Which way a byte goes.</summary>
public enum Direction
{
    /// <summary>From who dialled.</summary>
    Up,

    /// <summary>To who dialled.</summary>
    Down,
}

/// <summary>A fault before the byte at a spot passes; what comes before it has passed.</summary>
public sealed record Fault(FaultKind Kind, Direction Direction, Spot Spot)
{
    /// <summary>Stands for each connection.</summary>
    internal const int Every = 0;

    /// <summary>Which connection it hits, from 1; others get through.</summary>
    internal int Connection { get; init; } = 1;

    /// <summary>Which bit of the byte is flipped, from 0, the lowest.</summary>
    internal int Bit { get; init; }

    public override string ToString() => $"{Kind} {Direction} at {Spot}{(Connection == 1 ? "" : Connection == Every ? " of every connection" : $" of connection {Connection}")}";
}
