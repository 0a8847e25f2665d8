namespace RxWormhole.Protocol;

/// <summary>One side's part in a nameplate.</summary>
/// <param name="Side">The side.</param>
/// <param name="IsClaimed">Whether it still claims the nameplate; false once it was released.</param>
public readonly record struct NameplateSide(string Side, bool IsClaimed);
