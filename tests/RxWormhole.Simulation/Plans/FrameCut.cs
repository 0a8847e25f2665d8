namespace RxWormhole.Simulation;

/// <summary>A cut of the link of a party, behind one of its frames, counted over all its links in both directions as they arrive.</summary>
internal readonly record struct FrameCut(string Party, int Frame);
