using System.Collections.Immutable;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>How two sides are to be connected for bulk data. Immutable.</summary>
public sealed record TransitOptions
{
    // One array, so that options nobody changed are equal.
    private static readonly ImmutableArray<RelayHint> UsualRelays = [PublicServers.TransitRelay];

    /// <summary>Makes the connections.</summary>
    /// <value>Sockets unless told otherwise.</value>
    public ITransitConnector Connector { get; init; } = SocketTransitConnector.Default;

    /// <summary>The relays we offer and dial. The other side's are dialled too.</summary>
    /// <value><see cref="PublicServers.TransitRelay"/> unless told otherwise; none is allowed.</value>
    public ImmutableArray<RelayHint> Relays { get; init; } = UsualRelays;

    /// <summary>Which ways may be taken.</summary>
    public TransitPaths Paths { get; init; } = TransitPaths.All;

    /// <summary>Whether we listen for the other side; if not, it has to, or there has to be a relay.</summary>
    /// <value>True unless told otherwise.</value>
    public bool Listen { get; init; } = true;

    /// <summary>Where we listen.</summary>
    /// <value>Any port unless told otherwise; then a port that is taken is no fault, only one connection the less.</value>
    public TransitPorts Ports { get; init; } = TransitPorts.Any;

    /// <summary>How long direct connections are tried before relays are, and one group of relays before the next.</summary>
    /// <value>Two seconds unless told otherwise.</value>
    public TimeSpan HeadStart { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long connecting may take in all.</summary>
    /// <value>Two minutes unless told otherwise.</value>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the handshake on one connection may take.</summary>
    /// <value>One minute unless told otherwise.</value>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long nothing may move before the connection counts as lost.</summary>
    /// <value>One minute unless told otherwise.</value>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>What the key of the connection is derived for; the two sides connect only where it is the same.</summary>
    /// <value>Null unless told otherwise: that of the application id, <see cref="TransitKeys.Purpose"/>, as the Go and Rust clients have it.</value>
    /// <remarks>
    /// The Python client has the one of the usual application, <c>TransitKeys.Purpose(PublicServers.FileTransfer)</c>, even where it runs under another application id. Whoever meets it
    /// there says so here.
    /// </remarks>
    public string? KeyPurpose { get; init; }

    /// <summary>The longest record that is taken from the other side, in bytes of plaintext.</summary>
    /// <value>64 MiB unless told otherwise; 65,536 to 1 GiB.</value>
    public int RecordBytes { get; init; } = 64 << 20;

    /// <summary>What the key is derived for under an application id.</summary>
    internal string KeyPurposeFor(string appId) => KeyPurpose ?? TransitKeys.Purpose(appId);

    internal IEnumerable<string> Problems()
    {
        if (Connector is null)
            yield return "Transit.Connector must not be null";
        if (Relays.IsDefault)
            yield return "Transit.Relays must not be null";
        else if (Relays.Any(relay => relay is null || relay.Ways.IsDefaultOrEmpty))
            yield return "Transit.Relays must each have a way to be reached";
        if (!Enum.IsDefined(Paths))
            yield return "Transit.Paths must be All, Direct or Relay";
        if (!Ports.IsUsable)
            yield return "Transit.Ports must be between 1 and 65535, the first not above the last, or Any";
        foreach (var (name, time) in new[] { (nameof(ConnectTimeout), ConnectTimeout), (nameof(HandshakeTimeout), HandshakeTimeout), (nameof(Silence), Silence) })
        {
            if (time <= TimeSpan.Zero || time > TimeSpan.FromDays(1))
                yield return $"Transit.{name} must be more than zero and at most a day";
        }

        if (HeadStart < TimeSpan.Zero || HeadStart > TimeSpan.FromDays(1))
            yield return "Transit.HeadStart must be between zero and a day";
        if (KeyPurpose is { } purpose && (purpose.Length is 0 or > 1000 || !Utf8Text.IsWellFormed(purpose)))
            yield return "Transit.KeyPurpose must be null or a text of 1 to 1,000 characters";
        if (RecordBytes is < 65_536 or > 1 << 30)
            yield return "Transit.RecordBytes must be between 65,536 and 1 GiB";
    }
}
