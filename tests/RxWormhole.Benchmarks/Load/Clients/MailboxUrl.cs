using System.Net;
using System.Net.Sockets;

namespace RxWormhole.Benchmarks.Load;

/// <summary>Where a mailbox server is.</summary>
internal sealed record MailboxUrl(IPEndPoint EndPoint, string Path)
{
    internal static MailboxUrl Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme != "ws" || url.Port <= 0)
            throw new LoadException($"'{text}' is no address like ws://127.0.0.1:4000/v1.");
        return new MailboxUrl(new IPEndPoint(Find(url.Host), url.Port), url.AbsolutePath);
    }

    internal static IPEndPoint ParseEndPoint(string text) =>
        Uri.TryCreate("tcp://" + text, UriKind.Absolute, out var url) && url.Port >= 0
            ? new IPEndPoint(Find(url.Host), url.Port)
            : throw new LoadException($"'{text}' is no address like 127.0.0.1:4001.");

    private static IPAddress Find(string host)
    {
        try
        {
            return Dns.GetHostAddresses(host, AddressFamily.InterNetwork).FirstOrDefault() ?? throw new LoadException($"'{host}' has no IPv4 address.");
        }
        catch (SocketException exception)
        {
            throw new LoadException($"'{host}' cannot be found: {exception.Message}");
        }
    }
}
