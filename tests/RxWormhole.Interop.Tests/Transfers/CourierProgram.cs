namespace RxWormhole.Interop.Tests;

/// <summary>Our own process that sends or receives. Its project lies beside this one, and is built with it.</summary>
internal static class CourierProgram
{
    internal static string Path => System.IO.Path.Combine(
        AppContext.BaseDirectory.Replace("RxWormhole.Interop.Tests", "RxWormhole.Interop.Courier", StringComparison.Ordinal), "RxWormhole.Interop.Courier.dll");
}
