using RxWormhole.Protocol;

namespace RxWormhole;

// A session with the record of an earlier one: the server's replay does the rest.
internal sealed partial class Session
{
    internal WormholeException? WhyNotResume() => over
        ?? (!isRestored ? new WormholeUsageException("There is nothing to resume: this wormhole is new. Call AllocateCode, SetCode or InputCode.") :
            hasBegun ? new WormholeUsageException("This wormhole has been resumed already.") :
            IsHalfTyped ? new WormholeUsageException("The code of this session was still being typed: go on with InputCode.") :
            null);

    internal void Resume()
    {
        Begin();
        if (record.Code is not null)
            OnCode(record.Code);
        if (record.Mood is { } mood)
            GoOnClosing(mood);
    }

    private void Recall()
    {
        if (record.PeerSide is not null)
            exchange.OnMessage(new PeerMessage(record.PeerSide, Phase.Pake, record.PeerPake));
    }

    // The process died while it was closing: there is nothing else left to do.
    private void GoOnClosing(Mood mood)
    {
        record = record with { Mood = null };
        Over(new WormholeClosedException(mood), mood, isFailure: false);
    }

    /// <summary>The wormhole was collected: nobody can use or close the session any more.</summary>
    internal void OnForgotten() => OnLeftBehind("forgotten");

    /// <summary>The process exits.</summary>
    internal void OnProcessExit() => OnLeftBehind("left behind by the end of its process");

    private void OnLeftBehind(string how)
    {
        if (IsOver)
            return;
        if (hasBegun)
            log.Forgotten(how);
        Abandon();
    }
}
