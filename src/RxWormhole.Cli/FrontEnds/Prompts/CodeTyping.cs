using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using RxWormhole.Protocol;

namespace RxWormhole.Cli;

/// <summary>A code that is typed at a terminal: first the nameplate, which is claimed once it was completed or entered, then the words.</summary>
/// <param name="input">What the session has for it.</param>
/// <param name="request">What kind of code it is.</param>
/// <param name="width">How many cells a row has.</param>
/// <param name="scheduler">Where time comes from.</param>
internal sealed class CodeTyping(CodeInput input, CodeRequest request, Func<int> width, IScheduler scheduler) : ITyping
{
    // Whoever presses Tab looks at the terminal and waits.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private string? committed;
    private IObservable<Unit>? claim;

    public string? WhyNot(LineEdit next) => committed is null || next.Text.StartsWith(committed + "-", StringComparison.Ordinal)
        ? null
        : $"The number {committed} is taken for you on the server and cannot be changed any more. Type its words, or end with Ctrl-C and begin again.";

    public async Task<Completion> CompleteAsync(LineEdit line, CancellationToken cancelled)
    {
        var (nameplate, rest) = Parts(line.Text);
        if (rest is null)
            return await CompleteNameplateAsync(line, nameplate, cancelled).ConfigureAwait(false);
        if (!WormholeCode.IsNameplate(nameplate))
            return new Completion(line, "A code begins with a number.");
        if (!await ClaimAsync(nameplate, cancelled).ConfigureAwait(false))
            return new Completion(LineEdit.At($"{nameplate}-{rest}"), "The server has not answered yet.");
        var completions = input.WordCompletions(rest, request.Words);
        return Complete($"{nameplate}-{rest}", [.. completions.Select(each => $"{nameplate}-{each}")], "No word of the list begins like that. Words that are not on it can be typed, too.");
    }

    /// <summary>Takes what was entered.</summary>
    /// <returns>The code, or why there is none.</returns>
    internal async Task<(string? Code, Failure? Problem)> EnterAsync(string typed, CancellationToken cancelled)
    {
        if (!GivenCode.TryRead(typed, request.Sends, request.Server, out var given, out var problem))
            return (null, problem);
        var code = given.Text;
        var (nameplate, rest) = (code[..code.IndexOf('-', StringComparison.Ordinal)], code[(code.IndexOf('-', StringComparison.Ordinal) + 1)..]);
        if (WhyNot(LineEdit.At(code)) is { } why)
            return (null, new Failure(ExitCode.Usage, why));
        if (committed is null)
        {
            committed = nameplate;
            _ = input.ChooseNameplate(nameplate).Subscribe(static _ => { }, static _ => { });
        }

        return (await input.ChooseWords(rest).ToTask(cancelled).ConfigureAwait(false), null);
    }

    private async Task<Completion> CompleteNameplateAsync(LineEdit line, string typed, CancellationToken cancelled)
    {
        // Servers are not believed: what is no number is not offered.
        await input.Refresh().Timeout(Patience, Observable.Empty<IReadOnlyList<string>>(), scheduler).LastOrDefaultAsync().ToTask(cancelled).ConfigureAwait(false);
        var completions = input.NameplateCompletions(typed).Where(each => WormholeCode.IsNameplate(each[..^1])).ToArray();
        return completions.Length == 0 && WormholeCode.IsNameplate(typed)
            ? new Completion(line, "The server has no such number in its list. Type a hyphen and the words all the same if you are sure.")
            : Complete(line.Text, completions, typed.Length == 0 ? "The server lists no numbers. Type the one you were told." : "A code begins with a number.");
    }

    // Whether the server has answered, so that words can be completed.
    private async Task<bool> ClaimAsync(string nameplate, CancellationToken cancelled)
    {
        claim ??= input.ChooseNameplate(committed = nameplate);
        return await claim.Select(_ => true).Timeout(Patience, Observable.Return(false), scheduler).FirstOrDefaultAsync().ToTask(cancelled).ConfigureAwait(false);
    }

    private Completion Complete(string typed, string[] completions, string none) => completions switch
    {
        [] => new Completion(LineEdit.At(typed), none),
        [var only] => new Completion(LineEdit.At(only)),
        _ when Candidates.Shared(completions) is var shared && shared.Length > typed.Length => new Completion(LineEdit.At(shared)),
        _ => new Completion(LineEdit.At(typed), Candidates.Rows([.. completions.Select(each => each[(typed.LastIndexOf('-') + 1)..])], width())),
    };

    // A space is as good as a hyphen, and the list is in lower case.
    private static (string Nameplate, string? Words) Parts(string text)
    {
        var parts = text.TrimStart().Split([' ', '-'], 2);
        if (parts.Length == 1)
            return (parts[0], null);
        var words = string.Join('-', parts[1].TrimStart(' ', '-').Split([' ', '-'], StringSplitOptions.None));
        var last = words.LastIndexOf('-') + 1;
        return (parts[0], words[..last] + words[last..].ToLowerInvariant());
    }
}
