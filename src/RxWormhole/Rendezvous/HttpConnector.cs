using System.Reactive.Concurrency;
using System.Reactive.Linq;

namespace RxWormhole;

/// <summary>Links over HTTP, for networks without WebSockets: each is a series of <c>POST</c> requests. Only servers with an HTTP link, such as RxWormhole.Server, take them.</summary>
/// <remarks>
/// Source: docs/http-link.md. A link asks for the welcome first; then it sends what is to be sent, as much as there is at once and one request at a time, and
/// while it listens to a mailbox it asks for news every <see cref="PollInterval"/>. A server that is gone shows when it is asked next.
/// </remarks>
public sealed class HttpConnector : IRendezvousConnector
{
    private readonly HttpMessageInvoker client;

    /// <summary>Makes a connector.</summary>
    /// <param name="handler">Carries the requests, for instance through a proxy, and stays the caller's; null for the usual one. It should not follow redirections:
    /// they lose what a request says.</param>
    public HttpConnector(HttpMessageHandler? handler = null) => client = new HttpMessageInvoker(handler ?? Usual.Handler, disposeHandler: false);

    /// <summary>The usual one.</summary>
    public static HttpConnector Default { get; } = new();

    /// <summary>The longest message that is taken from a server, in bytes. A longer one ends the link.</summary>
    /// <value>4 MiB unless told otherwise: a message of 1 MiB takes two in hex.</value>
    public int MaxFrameBytes { get; init; } = 4 << 20;

    /// <summary>The longest answer that is taken from a server, in bytes. A longer one ends the link.</summary>
    /// <value>64 MiB unless told otherwise: the first answer holds all that lies in the mailbox.</value>
    public long MaxAnswerBytes { get; init; } = 64 << 20;

    /// <summary>How often a link that has nothing to send asks for news.</summary>
    /// <value>2 seconds unless told otherwise; more than zero.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not more than zero.</exception>
    public TimeSpan PollInterval
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero, nameof(PollInterval));
            field = value;
        }
    } = TimeSpan.FromSeconds(2);

    /// <summary>Where the connector's time comes from.</summary>
    /// <value>The thread pool unless told otherwise. Not the immediate or current-thread scheduler.</value>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public IScheduler Scheduler
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Scheduler));
            field = value;
        }
    } = DefaultScheduler.Instance;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The address is not <c>http://</c>, <c>https://</c>, <c>ws://</c> (taken for <c>http</c>) or <c>wss://</c> (taken for <c>https</c>).</exception>
    public IObservable<ReadOnlyMemory<byte>> Connect(Uri server, IObservable<ReadOnlyMemory<byte>> outbound)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(outbound);
        var address = AddressOf(server);
        return Observable.Create<ReadOnlyMemory<byte>>((observer, hungUp) => new HttpLink(this, client, address, observer).RunAsync(outbound, hungUp));
    }

    // The server is the same, however it is talked to.
    private static Uri AddressOf(Uri server) => server is not { IsAbsoluteUri: true } ? throw Unfit(server) : server.Scheme switch
    {
        "http" or "https" => server,
        "ws" => new UriBuilder(server) { Scheme = "http" }.Uri,
        "wss" => new UriBuilder(server) { Scheme = "https" }.Uri,
        _ => throw Unfit(server),
    };

    private static ArgumentException Unfit(Uri server) =>
        new($"The server must be an http://, https://, ws:// or wss:// address, not '{Printable.Of(server.OriginalString)}'.", nameof(server));

    // Shared, so that polls find a connection that is still open. Now and then it makes a new one, and sees where the name leads by then.
    private static class Usual
    {
        internal static readonly SocketsHttpHandler Handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
    }
}
