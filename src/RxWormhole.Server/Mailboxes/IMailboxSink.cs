using RxWormhole.Protocol;

namespace RxWormhole.Server;

/// <summary>Where a connection's messages go to.</summary>
internal interface IMailboxSink
{
    /// <summary>Puts a message behind the others. Returns at once; nothing is sent before <see cref="Flush"/>.</summary>
    void Add(ServerMessage message);

    /// <summary>Sends what was added, in the background.</summary>
    void Flush();

    /// <summary>Ends the connection after what was added.</summary>
    void End(Ending ending);
}
