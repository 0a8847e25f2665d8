using System.CommandLine;

namespace RxWormhole.Cli;

/// <summary>All commands.</summary>
internal static class CommandTree
{
    internal static RootCommand Create() => new("Magic Wormhole: two programs that share nothing but a short code meet, and move what they have.")
    {
        SendCommand.Create(),
        ReceiveCommand.Create(),
        ServeCommand.Create(),
        SelfTestCommand.Create(),
    };
}
