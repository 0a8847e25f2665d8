namespace RxWormhole;

internal static class LinkWatching
{
    /// <summary>Ends a link on which nothing moves in one direction although somebody waits for it.</summary>
    /// <param name="core">The link.</param>
    /// <param name="lane">The direction.</param>
    /// <param name="turn">The place of whoever waits.</param>
    /// <param name="touched">Changes when something moves, or when nothing has to.</param>
    /// <param name="limit">How long that may last.</param>
    internal static IDisposable Watch(this LinkCore core, Lane lane, Lane.Turn turn, Func<long> touched, TimeSpan limit)
    {
        // Whose turn it is watches for those behind him too, and may have reasons to be patient.
        var patience = 0L;
        return IdleWatch
            .Idle(() => lane.IsWatchedBut(turn) ? --patience : touched(), limit, core.Clock)
            .Subscribe(_ => core.End(TransitFault.Silent, $"Nothing moved between the two sides for {limit}."));
    }
}
