using System.Collections.Immutable;

namespace RxWormhole.Protocol;

/// <summary>A nameplate on the server: a short name that points at a mailbox, for as long as a side claims it.</summary>
/// <param name="Name">The name, digits.</param>
/// <param name="Mailbox">The mailbox it points at.</param>
/// <param name="Allocated">Whether the server chose the name.</param>
/// <param name="Sides">The sides that ever claimed it, at most two, and whether each still does.</param>
public sealed record Nameplate(string Name, string Mailbox, bool Allocated, ImmutableArray<NameplateSide> Sides)
{
    /// <summary>The side that holds this nameplate because the server chose it, if nobody else ever claimed it; else null.</summary>
    public string? WaitingSide => Allocated && Sides is [{ IsClaimed: true } only] ? only.Side : null;
}
