namespace RxWormhole.Interop.Tests;

/// <summary>A way in which our client is linked to a server.</summary>
public sealed record OurLink(string Name, LinkMode Mode, IRendezvousConnector Connector)
{
    /// <summary>All of them.</summary>
    internal static IEnumerable<OurLink> All { get; } =
    [
        new("Push", LinkMode.Push, WebSocketConnector.Default),
        new("Poll", LinkMode.Poll, WebSocketConnector.Default),
        new("Http", LinkMode.Poll, HttpConnector.Default),
    ];

    public override string ToString() => Name;
}
