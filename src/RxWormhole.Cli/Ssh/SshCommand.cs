using System.CommandLine;
using System.CommandLine.Parsing;

namespace RxWormhole.Cli;

/// <summary><c>rxwormhole ssh</c>: gives somebody access by their public key. It understands the Python client's <c>wormhole ssh</c>.</summary>
internal static class SshCommand
{
    internal const string Invite = "invite";
    internal const string Accept = "accept";

    /// <summary>The application id that both sides have.</summary>
    internal const string AppId = "lothar.com/wormhole/ssh-add";

    internal static readonly Option<string?> User = new("--user", "-u") { HelpName = "USER", Description = "Lets the key into USER's account instead of one's own." };
    internal static readonly Option<string?> KeyFile = new("--key-file", "-F") { HelpName = "PATH", Description = "The public key, or a folder of them. [default: ~/.ssh]" };

    private const string Name = "ssh";

    /// <summary>What settings begin with.</summary>
    internal static ClientSettings Usual { get; } = new() { AppId = AppId };

    internal static Command Create() => new(Name, "Sends and takes public keys for SSH.") { CreateInvite(), CreateAccept() };

    /// <summary>Whether one of these commands was typed.</summary>
    internal static bool Has(ParseResult parsed) => parsed.CommandResult.Parent is CommandResult { Command.Name: Name };

    private static Command CreateInvite()
    {
        var command = new Command(Invite, "Makes a code, and lets whoever has it log in here: their public key goes into ~/.ssh/authorized_keys.") { User, ClientOptions.CodeLength };
        Add(command);
        command.SetAction((parsed, _) => ClientCommand.RunAsync(parsed, (wormhole, run) =>
            SshInviteFlow.Run(wormhole, run, SshAccount.Of(parsed.GetValue(User), new Surroundings()))));
        return command;
    }

    private static Command CreateAccept()
    {
        var command = new Command(Accept, "Sends one's public key to whoever made the code.") { ClientOptions.ReceivedCode, KeyFile };
        Add(command);
        command.SetAction((parsed, _) => ClientCommand.RunAsync(parsed, (wormhole, run) =>
            SshAcceptFlow.Run(wormhole, run, parsed.GetValue(KeyFile) ?? SshAccount.Of(null, new Surroundings()).Folder)));
        return command;
    }

    private static void Add(Command command)
    {
        foreach (var option in ClientOptions.OfSession)
            command.Add(option);
    }
}
