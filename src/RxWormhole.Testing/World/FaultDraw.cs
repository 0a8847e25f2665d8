namespace RxWormhole.Testing;

/// <summary>Draws what goes wrong.</summary>
internal static class FaultDraw
{
    /// <summary>What a session survives: everything but the loss of all that the server has.</summary>
    internal static readonly WorldFaultKind[] Survivable = [.. Enum.GetValues<WorldFaultKind>().Where(kind => kind != WorldFaultKind.ServerLoss)];

    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    internal static WorldFault Draw(Dice dice, WorldFaultKind kind, IReadOnlyList<string> names, int withinFrames)
    {
        // What belongs to a link or a connection from its beginning has to be there before it.
        var isFromTheBeginning = kind is WorldFaultKind.Jitter or WorldFaultKind.SlowLink or WorldFaultKind.Doubling or WorldFaultKind.Shuffling or WorldFaultKind.SlowJournal
            or WorldFaultKind.TransitCut or WorldFaultKind.TransitHalfOpen or WorldFaultKind.TransitUphill or WorldFaultKind.RelayDown;
        return new WorldFault(
            kind,
            FaultCheck.IsOfAll(kind) ? "" : dice.Pick(names),
            isFromTheBeginning ? 0 : dice.Between(1, withinFrames),
            Lasts(dice, kind),
            kind switch
            {
                WorldFaultKind.SlowLink => dice.Between(2_000, 20_000),
                WorldFaultKind.TransitCut or WorldFaultKind.TransitHalfOpen => dice.Between(200, 40_000),
                WorldFaultKind.TransitUphill => dice.Between(5_000, 100_000),
                _ => 0,
            });
    }

    private static TimeSpan Lasts(Dice dice, WorldFaultKind kind) => kind switch
    {
        WorldFaultKind.Jitter => dice.Between(Instant, TimeSpan.FromMilliseconds(200)),
        WorldFaultKind.SlowJournal => dice.Between(Instant, TimeSpan.FromMilliseconds(50)),
        WorldFaultKind.ClockJump => dice.Between(-TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(2)),
        WorldFaultKind.TransitCut or WorldFaultKind.TransitHalfOpen or WorldFaultKind.TransitUphill => dice.Between(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30)),
        _ => dice.Next(10) switch
        {
            < 6 => dice.Between(Instant, TimeSpan.FromSeconds(2)),
            < 9 => dice.Between(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(20)),
            _ => dice.Between(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(150)),
        },
    };
}
