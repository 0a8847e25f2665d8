namespace RxWormhole.Interop.Tests.Faults;

/// <summary>Where a session is hurt, and how it has to end.</summary>
/// <param name="Link">How the side behind the proxy is linked to the server.</param>
/// <param name="Allocates">Whether that side allocates the code; otherwise it is told.</param>
/// <param name="Expected">How it has to end.</param>
/// <param name="Faults">What happens; the first is the point.</param>
public sealed record FaultPoint(OurLink Link, bool Allocates, Expected Expected, params Fault[] Faults)
{
    /// <summary>Whether the other side comes only when this one has had its own key exchange message back, so that one message comes after the other.</summary>
    internal bool InTurn { get; init; }

    public override string ToString() => $"{Link}, {(Allocates ? "allocates" : "is told")}: {string.Join(" and ", (object[])Faults)}: {Expected}";
}
