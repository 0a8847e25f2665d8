using System.CommandLine;

namespace RxWormhole.Cli;

/// <summary><c>rxwormhole send</c>.</summary>
internal static class SendCommand
{
    private static readonly Argument<string[]> What = new("WHAT")
    {
        Arity = ArgumentArity.ZeroOrMore,
        Description = "Files and folders; '-' is standard input. Without any, a text is asked for.",
    };

    internal static Command Create()
    {
        var command = new Command("send", "Sends files, folders, a text, or standard input.") { What };
        command.Aliases.Add("tx");
        foreach (var option in ClientOptions.OfSend.Concat(ClientOptions.Common))
            command.Add(option);
        command.SetAction((parsed, _) => ClientCommand.RunAsync(parsed, (wormhole, run) =>
            SendFlow.Run(wormhole, run, new SendRequest([.. parsed.GetValue(What) ?? []], parsed.GetValue(ClientOptions.Text)))));
        return command;
    }
}
