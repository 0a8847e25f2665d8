namespace RxWormhole.Simulation;

/// <summary>What a world may be about: one of them or several.</summary>
internal enum Scenario
{
    AllocateThenSet,
    AllocateAndSetLate,
    HumanMadeCode,
    WrongCode,
    ThreeOnANameplate,
    VerifierPause,
    ManyMessages,
    CloseAtAnyMoment,
    Push,
    Poll,
    Http,
    Mixed,
    Patient,
    Restore,
    Transfer,
    TransferGoneOnWith,
    TwoServers,
    TwoPairs,
}
