using System.CommandLine;
using System.CommandLine.Help;

namespace RxWormhole.Cli;

/// <summary>All commands.</summary>
internal static class CommandTree
{
    internal static Command Create()
    {
        // Its name is the program's, whatever the file is called that is run: a .NET tool is a library beside its program.
        var root = new Command("rxwormhole", "Magic Wormhole: two programs that share nothing but a short code meet, and move what they have.")
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
            new HelpOption(),
            new VersionOption(),
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
