using System.Text.Json.Nodes;

namespace RxWormhole.Interop.Tests;

/// <summary>A peer on the Python client's API: see <c>peer.py</c>.</summary>
internal sealed class PythonPeer : IDisposable
{
    private readonly PeerProcess process;
    private int read;

    internal PythonPeer(string appId, Uri server, string versions = "{}")
    {
        Peer.Need(Peer.Python);
        process = new PeerProcess(Peer.Python, [Path.Combine(AppContext.BaseDirectory, "Peers", "peer.py"), appId, server.AbsoluteUri, versions]);
    }

    /// <summary>Says something and waits for the answer.</summary>
    internal JsonNode Ask(JsonObject command)
    {
        process.WriteLine(command.ToJsonString());
        return Answer();
    }

    /// <summary>Says something and goes on.</summary>
    internal void Say(JsonObject command) => process.WriteLine(command.ToJsonString());

    /// <summary>Waits for the next answer.</summary>
    internal JsonNode Answer()
    {
        var line = process.WaitFor(each => each.Output.Split('\n') is { } lines && lines.Length > read + 1 ? lines[read] : null);
        read++;
        return JsonNode.Parse(line)!;
    }

    public void Dispose() => process.Dispose();
}
