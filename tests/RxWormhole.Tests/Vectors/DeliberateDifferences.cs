namespace RxWormhole.Tests;

/// <summary>Where our client is meant to differ from the reference client; nowhere else. Without its accommodation each named case fails.</summary>
internal static class DeliberateDifferences
{
    internal static IReadOnlyList<DeliberateDifference> All { get; } =
    [
        new(
            "waits for welcome before bind, so a server that is not welcoming hears nothing",
            Accommodations.MayStaySilentToAnUnwelcomingServer,
            ["unwelcome", "unwelcome after the code was set"]),
        new(
            "pings: behind open, to know when the mailbox was played back, and to know whether the server lives",
            Accommodations.MayPing,
            ["code given by the application, whole exchange", "allocated code", "wrong password: found out by the peer's version message"]),
        new(
            "adds again only after the sync mark, what was not played back before",
            Accommodations.AnswersPings,
            [
                "connection lost after opening: open again, send again what was not echoed",
                "connection lost after the key exchange; old messages come again",
                "message sent while disconnected",
                "connection lost while releasing",
            ]),
        new(
            "flushes before close: what a lost link may have swallowed goes out first",
            Accommodations.MayFlush,
            ["connection lost while closing", "close while disconnected"]),
        new(
            "closes also a mailbox that the server opened for us by a claim whose answer came late, where the reference leaves it to be pruned",
            Accommodations.AnswersLateClose,
            ["close while claiming"]),
    ];
}

/// <summary>One difference.</summary>
/// <param name="Name">What is different.</param>
/// <param name="Accommodation">What a comparison has to allow for.</param>
/// <param name="Cases">The recorded cases that show it.</param>
public sealed record DeliberateDifference(string Name, Accommodations Accommodation, IReadOnlyList<string> Cases)
{
    public override string ToString() => Name;
}
