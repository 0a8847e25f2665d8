using RxWormhole.Protocol;

namespace RxWormhole.Server;

/// <summary>Where a connection's messages go to.</summary>
internal interface IMailboxSink
{
    /// <summary>Puts a message behind the others. Returns at once; nothing is sent before <see cref="Flush"/>.</summary>
    void Add(ServerMessage message);

    /// <summary>Sends what was added, in the background.</summary>
    void Flush();

    /// <summary>Whether the client has not read what it was sent for too long.</summary>
    bool IsStuck(DateTimeOffset now);

    /// <summary>Ends the connection at once.</summary>
    void Abort();

    /// <summary>Ends the connection after what was added.</summary>
    void End(Ending ending);
}
