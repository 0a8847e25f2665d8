using System.CommandLine;

namespace RxWormhole.Cli;

/// <summary><c>rxwormhole send</c>.</summary>
internal static class SendCommand
{
    internal const string Name = "send";

    internal static Command Create()
    {
        var command = new Command(Name, "Sends files, folders, a text, or standard input.") { ClientOptions.What };
        command.Aliases.Add("tx");
        foreach (var option in ClientOptions.OfSend.Concat(ClientOptions.Common))
            command.Add(option);
        command.SetAction((parsed, _) => ClientCommand.RunAsync(parsed, (wormhole, run) =>
            SendFlow.Run(wormhole, run, new SendRequest([.. parsed.GetValue(ClientOptions.What) ?? []], parsed.GetValue(ClientOptions.Text)))));
        return command;
    }
}
