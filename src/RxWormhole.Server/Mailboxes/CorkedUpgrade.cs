using Microsoft.AspNetCore.Http.Features;

namespace RxWormhole.Server;

/// <summary>Puts a <see cref="CorkedStream"/> between a WebSocket and its connection, over HTTP/1.1 and HTTP/2.</summary>
internal sealed class CorkedUpgrade(IHttpUpgradeFeature? upgrade, IHttpExtendedConnectFeature? connect) : IHttpUpgradeFeature, IHttpExtendedConnectFeature
{
    /// <summary>The stream of a connection that was upgraded.</summary>
    internal static CorkedStream StreamOf(IFeatureCollection features) =>
        ((features.Get<IHttpUpgradeFeature>() as CorkedUpgrade)?.Stream ?? (features.Get<IHttpExtendedConnectFeature>() as CorkedUpgrade)?.Stream)!;

    private CorkedStream? Stream { get; set; }

    public bool IsUpgradableRequest => upgrade?.IsUpgradableRequest == true;

    public bool IsExtendedConnect => connect?.IsExtendedConnect == true;

    public string? Protocol => connect?.Protocol;

    public async Task<Stream> UpgradeAsync() => Stream = new CorkedStream(await upgrade!.UpgradeAsync().ConfigureAwait(false));

    public async ValueTask<Stream> AcceptAsync() => Stream = new CorkedStream(await connect!.AcceptAsync().ConfigureAwait(false));
}
