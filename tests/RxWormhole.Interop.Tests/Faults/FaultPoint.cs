namespace RxWormhole.Interop.Tests.Faults;

/// <summary>Where a session is hurt, and how it has to end.</summary>
/// <param name="Link">How the side behind the proxy is linked to the server.</param>
/// <param name="Allocates">Whether that side allocates the code; otherwise it is told.</param>
/// <param name="Expected">How it has to end.</param>
/// <param name="Faults">What happens; the first is the point.</param>
public sealed record FaultPoint(OurLink Link, bool Allocates, Expected Expected, params Fault[] Faults)
{
    public override string ToString() => $"{Link}, {(Allocates ? "allocates" : "is told")}: {string.Join(" and ", (object[])Faults)}: {Expected}";
}
