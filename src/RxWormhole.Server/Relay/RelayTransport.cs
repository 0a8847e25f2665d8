using System.IO.Pipelines;
using System.Net.Sockets;

namespace RxWormhole.Server;

/// <summary>A socket as the pipes that Kestrel wants, for a middleware such as TLS. Who knows better takes the socket.</summary>
internal sealed class RelayTransport(Socket socket) : IDuplexPipe
{
    private NetworkStream? stream;
    private PipeReader? input;
    private PipeWriter? output;

    internal Socket Socket => socket;

    public PipeReader Input => input ??= PipeReader.Create(Stream);

    public PipeWriter Output => output ??= PipeWriter.Create(Stream);

    private NetworkStream Stream => stream ??= new NetworkStream(socket, ownsSocket: false);
}
