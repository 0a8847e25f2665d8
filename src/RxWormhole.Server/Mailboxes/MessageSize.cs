using RxWormhole.Protocol;

namespace RxWormhole.Server;

/// <summary>About how many characters a message has that waits to be sent.</summary>
internal static class MessageSize
{
    // What the keys of a message take, and what is small anyway.
    private const int Least = 64;

    internal static int Of(ServerMessage message) => Least + message switch
    {
        ServerMessage.Message m => m.Body.Length + m.Phase.Length + m.Id.Length + m.Side.Length,
        ServerMessage.Error m => m.Original.Length,
        ServerMessage.Pong m => m.Value.Length,
        ServerMessage.Ack m => m.Id.Length,
        ServerMessage.Welcome m => m.Info.Json.Length,
        ServerMessage.Nameplates m => m.Names.Sum(name => name.Length + 10),
        _ => 0,
    };
}
