namespace RxWormhole.Cli;

/// <summary>Something that was computed.</summary>
/// <param name="Name">What, in printable characters.</param>
/// <param name="IsRight">Whether it is what it should be.</param>
internal readonly record struct SelfTestCase(string Name, bool IsRight);
