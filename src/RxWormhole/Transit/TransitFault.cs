namespace RxWormhole;

/// <summary>What was the matter with a transit connection.</summary>
public enum TransitFault
{
    /// <summary>There was nothing to try: no address of the other side, no relay.</summary>
    NoWay,

    /// <summary>No connection was made in time.</summary>
    NotConnected,

    /// <summary>We could not listen where we were told to.</summary>
    CannotListen,

    /// <summary>The other side sent what is no transit message.</summary>
    BadMessage,

    /// <summary>The connection was lost, or the other side closed it too early.</summary>
    Lost,

    /// <summary>Nothing moved for <see cref="TransitOptions.Silence"/>.</summary>
    Silent,

    /// <summary>A record was not what it has to be: its length, its number or its seal is wrong.</summary>
    BadRecord,

    /// <summary>A record was longer than <see cref="TransitOptions.RecordBytes"/>.</summary>
    RecordTooLong,

    /// <summary>More came than was agreed on.</summary>
    TooMuch,

    /// <summary>What was to be sent ended too early, or could not be read; or what came could not be written.</summary>
    Stream,
}
