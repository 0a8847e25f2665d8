using System.CommandLine;

namespace RxWormhole.Cli;

/// <summary><c>rxwormhole receive</c>.</summary>
internal static class ReceiveCommand
{
    internal const string Name = "receive";

    internal static Command Create()
    {
        var command = new Command(Name, "Receives what the other side sends.") { ClientOptions.ReceivedCode };
        foreach (var alias in new[] { "rx", "recv", "recieve" })
            command.Aliases.Add(alias);
        foreach (var option in ClientOptions.OfReceive.Concat(ClientOptions.Common))
            command.Add(option);
        command.SetAction((parsed, _) => ClientCommand.RunAsync(parsed, (wormhole, run) => ReceiveFlow.Run(wormhole, run, new ReceiveRequest
        {
            OnlyText = parsed.GetValue(ClientOptions.OnlyText),
            Output = parsed.GetValue(ClientOptions.OutputFile),
            Allocate = parsed.GetValue(ClientOptions.Allocate),
        })));
        return command;
    }
}
