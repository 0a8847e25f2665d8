namespace RxWormhole.Interop.Tests;

/// <summary>Our own process that the tests end in ways a test process cannot end itself. Its project lies beside this one, and is built with it.</summary>
internal static class VictimProgram
{
    internal static string Path => System.IO.Path.Combine(
        AppContext.BaseDirectory.Replace("RxWormhole.Interop.Tests", "RxWormhole.Interop.Victim", StringComparison.Ordinal), "RxWormhole.Interop.Victim.dll");
}
