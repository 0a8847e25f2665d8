using System.CommandLine;
using System.CommandLine.Help;

namespace RxWormhole.Cli;

/// <summary>All commands.</summary>
internal static class CommandTree
{
    internal static RootCommand Create()
    {
        var root = new RootCommand("Magic Wormhole: two programs that share nothing but a short code meet, and move what they have.")
        {
            SendCommand.Create(),
            ReceiveCommand.Create(),
            SshCommand.Create(),
            ServeCommand.Create(),
            ConfigCommand.Create(),
            CompletionCommand.Create(),
            CompleteCommand.Create(),
            HelpCommand.Create(),
            SelfTestCommand.Create(),
        };
        // "/h" is a file in the topmost folder.
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            help.Aliases.Remove("/h");
            help.Aliases.Remove("/?");
        }

        return root;
    }
}
