using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole.Cli;

/// <summary>Tells people: what was received goes to standard output, everything else to standard error.</summary>
internal sealed class ConsoleFrontEnd(ClientSettings settings) : IFrontEnd
{
    public void Tell(CliEvent what)
    {
        switch (what)
        {
            case CliEvent.Code { IsNew: true } code:
                Console.Error.WriteLine($"Wormhole code is: {code.Text}\nOn the other computer, please run:\n\n  {code.Command}\n");
                break;
            case CliEvent.Message message:
                Console.Out.WriteLine(message.Text);
                break;
            case CliEvent.Offer { Name: { } name } offer:
                Console.Error.WriteLine($"{(offer.IsOurs ? "Sending" : "Receiving")} {offer.Kind} '{name}' ({offer.Bytes} bytes)");
                break;
            case CliEvent.Route route when !settings.HideProgress:
                Console.Error.WriteLine($"{route.Value}");
                break;
            case CliEvent.Verifier verifier:
                Console.Error.WriteLine($"Verifier: {verifier.Value.Words}\n{verifier.Value.Hex}");
                break;
            case CliEvent.Done done:
                Console.Error.WriteLine($"{done.What} {done.Path}");
                break;
            case CliEvent.Error error:
                Console.Error.WriteLine($"rxwormhole: {error.Failure.Message} {error.Failure.Advice}");
                break;
        }
    }

    public IObservable<string> Ask(Question question) => AskText($"{question.Text} [{string.Join('/', question.Choices.Select(choice => choice.Word))}]")
        .Select(answer => answer.Length == 0 && question.Default is { } usual ? usual
            : question.Choices.Select(choice => choice.Word).FirstOrDefault(word => answer.Length > 0 && word.StartsWith(answer, StringComparison.OrdinalIgnoreCase)) ?? Question.No);

    public IObservable<string> AskText(string prompt) => Observable.Start(() =>
    {
        Console.Error.Write($"{prompt}: ");
        return Console.In.ReadLine() ?? throw new EndOfStreamException();
    });

    public IObservable<string> EnterCode(Wormhole wormhole, int words) => AskText("Enter receive wormhole code").SelectMany(typed => wormhole.SetCode(CodeText.Normalize(typed)));
}
