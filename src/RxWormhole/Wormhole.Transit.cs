using System.Diagnostics.Contracts;
using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole;

// A connection for bulk data.
public sealed partial class Wormhole
{
    private readonly string appId;
    private readonly TransitEnvironment transit;

    /// <summary>What transit needs of this wormhole; what is made with it keeps the wormhole from being collected.</summary>
    internal TransitEnvironment Transit => transit with { Owner = this };

    /// <summary>Connects the two sides for bulk data, directly or through a relay, as <see cref="WormholeOptions.Transit"/> says. The other side does the same, in the other role.</summary>
    /// <param name="role">Our role; the application knows who has which.</param>
    /// <remarks>
    /// Begins when first subscribed to: one message is sent, and the next one that is received has to be the other side's of the same kind.
    /// The session's time limit is lifted when the two are connected. A session carries one transit connection, or one transfer of files: its keys must not seal anything twice.
    /// value: the link, the caller's to dispose of. completion: along with it. error: <see cref="TransitException"/>, after which the session goes on; or the session's end, if it came first.
    /// </remarks>
    [Pure]
    public IObservable<TransitLink> OpenTransit(TransitRole role)
    {
        if (!Enum.IsDefined(role))
            throw new ArgumentOutOfRangeException(nameof(role));
        return Verb(nameof(OpenTransit), TransitExchange.Of(transit, role, Utf8Text.Normalized(transit.Options.KeyPurposeFor(appId)))).Select(winner => winner.Open(Transit));
    }
}
