using Microsoft.AspNetCore.Http.Features;

namespace RxWormhole.Server;

/// <summary>Puts a <see cref="CorkedStream"/> between a WebSocket and its connection, over HTTP/1.1 and HTTP/2.</summary>
internal sealed class CorkedUpgrade(IHttpUpgradeFeature? upgrade, IHttpExtendedConnectFeature? connect) : IHttpUpgradeFeature, IHttpExtendedConnectFeature
{
    /// <summary>The stream, once the connection was upgraded.</summary>
    internal CorkedStream? Stream { get; private set; }

    public bool IsUpgradableRequest => upgrade?.IsUpgradableRequest == true;

    public bool IsExtendedConnect => connect?.IsExtendedConnect == true;

    public string? Protocol => connect?.Protocol;

    public async Task<Stream> UpgradeAsync() => Stream = new CorkedStream(await upgrade!.UpgradeAsync().ConfigureAwait(false));

    public async ValueTask<Stream> AcceptAsync() => Stream = new CorkedStream(await connect!.AcceptAsync().ConfigureAwait(false));
}
