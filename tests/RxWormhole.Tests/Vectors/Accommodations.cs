namespace RxWormhole.Tests;

/// <summary>What a comparison with the reference client has to allow for, one for each <see cref="DeliberateDifferences"/> entry.</summary>
[Flags]
public enum Accommodations
{
    None = 0,
    MayStaySilentToAnUnwelcomingServer = 1,
    MayPing = 2,
    AnswersPings = 4,
    MayFlush = 8,
    AnswersLateClose = 16,
    All = MayStaySilentToAnUnwelcomingServer | MayPing | AnswersPings | MayFlush | AnswersLateClose,
}
