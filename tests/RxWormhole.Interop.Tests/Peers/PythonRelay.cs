namespace RxWormhole.Interop.Tests;

/// <summary>Debian's Python transit relay, on a <see cref="LoneMachine"/>, where everybody expects a relay.</summary>
internal sealed class PythonRelay : IDisposable
{
    private readonly PeerProcess process;

    internal PythonRelay(LoneMachine machine)
    {
        Peer.Need(Peer.Twist);
        process = machine.Run(Peer.Twist, ["--log-format=text", "transitrelay", $"--port=tcp:{Address.Port}:interface={Address.Host}"]);
        process.WaitFor(each => each.Output.Contains($"starting on {Address.Port}", StringComparison.Ordinal) ? each
            : each.HasExited ? throw new InvalidOperationException($"The relay ended with {each.ExitCode}: {each.Errors}{each.Output}") : null);
    }

    internal static Uri Address { get; } = new("tcp://127.0.0.1:4001");

    public void Dispose() => process.Dispose();
}
