using System.Reactive.Linq;

namespace RxWormhole.Cli;

/// <summary>Decides whether an offer is accepted, and asks where nobody has said before.</summary>
internal static class ExistingFlow
{
    private const string Overwrite = "overwrite";
    private const string Rename = "rename";

    internal static IObservable<OfferDecision> Decide(CommandRun run, ReceiveTarget target, IncomingContent content)
    {
        var settings = run.Settings;
        var existing = target.Existing(run.World.Sink, content);
        var agrees = settings.AcceptFile || settings.Yes;
        if (existing.IsEmpty)
            return agrees ? Accept(Policy(settings.Existing)) : Ask(run, Question.YesNo("accept", "Accept it?", usual: true), Policy(settings.Existing));
        var there = $"'{existing[0]}' is there already.";
        return settings.Existing switch
        {
            ExistingChoice.Skip => Observable.Return(new OfferDecision(false, ExistingPolicy.Refuse)),
            { } choice => agrees ? Accept(Policy(choice)) : Ask(run, Question.YesNo("accept", $"{there} Accept it, and {(choice == ExistingChoice.Overwrite ? "overwrite that" : "take another name")}?", usual: true), Policy(choice)),
            // Whoever names a file means that one, as with the Python client.
            null when agrees && target.Name is not null => Accept(ExistingPolicy.Overwrite),
            null when agrees => Refuse(there),
            null => Ask(run, Choices(there, content), ExistingPolicy.Refuse),
        };
    }

    private static ExistingPolicy Policy(ExistingChoice? choice) => choice switch
    {
        ExistingChoice.Overwrite => ExistingPolicy.Overwrite,
        ExistingChoice.Rename => ExistingPolicy.Rename,
        _ => ExistingPolicy.Refuse,
    };

    private static Question Choices(string there, IncomingContent content) => new(
        "existing",
        $"{there} What now?",
        content is IncomingFolder
            ? [new Choice(Rename, "takes another name"), new Choice(Question.No, "turns it down")]
            : [new Choice(Overwrite, "replaces it"), new Choice(Rename, "takes another name"), new Choice(Question.No, "turns it down")],
        Question.No);

    private static IObservable<OfferDecision> Ask(CommandRun run, Question question, ExistingPolicy policy) => run.FrontEnd
        .Ask(question)
        .Select(answer => answer switch
        {
            Question.Yes => new OfferDecision(true, policy),
            Overwrite => new OfferDecision(true, ExistingPolicy.Overwrite),
            Rename => new OfferDecision(true, ExistingPolicy.Rename),
            _ => new OfferDecision(false, policy, new Failure(ExitCode.Rejected, "You turned the offer down.", "If that was a mistake, have it sent again with a new code.")),
        })
        .Catch((EndOfStreamException _) => Observable.Return(new OfferDecision(
            false, policy, new Failure(ExitCode.Rejected, "There is nobody to ask: standard input has ended. The offer was turned down.", "Say --accept-file to accept offers without a question."))));

    private static IObservable<OfferDecision> Accept(ExistingPolicy policy) => Observable.Return(new OfferDecision(true, policy));

    private static IObservable<OfferDecision> Refuse(string there) => Observable.Return(new OfferDecision(
        false, ExistingPolicy.Refuse, new Failure(ExitCode.LocalFile, $"{there} The offer was turned down.", "Say --rename or --overwrite, or choose another name with --output-file.")));
}
