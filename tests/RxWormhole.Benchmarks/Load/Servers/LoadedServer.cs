using System.Net;

namespace RxWormhole.Benchmarks.Load;

/// <summary>A server that runs, and where it is reached.</summary>
internal sealed record LoadedServer(ServerProcess Process, MailboxUrl? Mailbox, IPEndPoint? Relay) : IDisposable
{
    internal string Name => Process.Name;

    internal ProcessFigures Figures => Process.Figures;

    public void Dispose() => Process.Dispose();
}
