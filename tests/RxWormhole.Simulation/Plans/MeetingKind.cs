namespace RxWormhole.Simulation;

/// <summary>How the parties of a pair come by their code.</summary>
internal enum MeetingKind
{
    /// <summary>One allocates, the other sets it as soon as it is told.</summary>
    AllocateThenSet,

    /// <summary>One allocates, the other sets it long after, when all that the first had to say lies in the mailbox.</summary>
    AllocateAndSetLate,

    /// <summary>People made the code up: both set it.</summary>
    HumanMade,

    /// <summary>The other mistypes it.</summary>
    WrongCode,

    /// <summary>Three have the same code.</summary>
    Three,

    /// <summary>A third has the nameplate right and the words wrong.</summary>
    Intruder,
}
