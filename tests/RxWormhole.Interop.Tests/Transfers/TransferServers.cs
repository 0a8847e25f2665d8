namespace RxWormhole.Interop.Tests;

/// <summary>The servers that clients are told of.</summary>
/// <param name="mailbox">The mailbox server.</param>
/// <param name="relay">The relay, as <c>tcp://HOST:PORT</c>.</param>
/// <param name="processes">What ends with this.</param>
internal sealed class TransferServers(Uri mailbox, Uri relay, params IDisposable[] processes) : IDisposable
{
    internal Uri Mailbox => mailbox;

    internal Uri Relay => relay;

    /// <summary>Where the relay tells metrics, if it does.</summary>
    internal Uri? Metrics { get; init; }

    public void Dispose()
    {
        foreach (var process in processes)
            process.Dispose();
    }
}
