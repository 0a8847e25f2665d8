namespace RxWormhole.Protocol;

/// <summary>How a session ended, as it is told to the server with <c>close</c>.</summary>
/// <remarks>Source: the mailbox protocol, section 2.8, "Moods".</remarks>
public enum Mood
{
    /// <summary>Nobody proved to have the code before the end.</summary>
    Lonely,

    /// <summary>The key was confirmed and nothing went wrong.</summary>
    Happy,

    /// <summary>A message did not fit the key: a wrong code, an attack, or corruption.</summary>
    Scary,

    /// <summary>The server, the peer or the application reported an error.</summary>
    Errory,

    /// <summary>The server did not want us.</summary>
    Unwelcome,
}
