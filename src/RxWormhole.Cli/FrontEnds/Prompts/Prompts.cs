using System.Reactive.Concurrency;
using System.Reactive.Linq;

namespace RxWormhole.Cli;

/// <summary>Everything that people are asked.</summary>
internal sealed class Prompts(Display display, Prompter prompter, IScheduler scheduler)
{
    // An input that never answers must end, too.
    private const int MostTries = 5;

    /// <summary>See <see cref="IFrontEnd.Ask"/>.</summary>
    internal IObservable<string> Ask(Question question) => Prompted(cancelled => AskAsync(question, cancelled));

    /// <summary>See <see cref="IFrontEnd.AskText"/>.</summary>
    internal IObservable<string> AskText(string prompt) =>
        Prompted(cancelled => prompter.AskAsync($"{SafeText.Line(prompt)}: ", LineEdit.Empty, null, isRepeated: false, cancelled));

    /// <summary>See <see cref="IFrontEnd.EnterCode"/>.</summary>
    internal IObservable<string> EnterCode(Wormhole wormhole, CodeRequest request) => Observable.Defer(() =>
    {
        var typing = new CodeTyping(wormhole.InputCode(), request, () => display.Width, scheduler);
        // The session may end while somebody types.
        return Prompted(cancelled => EnterAsync(typing, cancelled)).Merge(wormhole.Code.IgnoreElements()).Take(1);
    });

    /// <summary>Nothing is asked any more.</summary>
    internal void End() => prompter.End();

    // Whatever becomes of it, what is told afterwards is below it. Nothing is shown before the subscription is complete: somebody who presses Ctrl-C as soon as it is must
    // find everything in place that tells the other side.
    private IObservable<string> Prompted(Func<CancellationToken, Task<string>> ask) => Observable.Defer(() =>
    {
        var question = CancellationToken.None;
        return Observable
            .FromAsync(async cancelled =>
            {
                question = cancelled;
                await Task.Yield();
                return await ask(cancelled).ConfigureAwait(false);
            })
            .Finally(() => prompter.TakeBack(question));
    });

    private async Task<string> AskAsync(Question question, CancellationToken cancelled)
    {
        var text = SafeText.Line(question.Text);
        foreach (var choice in question.Choices.Where(choice => choice.Meaning is not null))
            text += $"\n  {choice.Word}: {SafeText.Line(choice.Meaning!)}";
        var prompt = Short(text, Answers.Choices(question));
        for (var tries = 0; tries < MostTries; tries++)
        {
            var typed = await prompter.AskAsync(prompt, LineEdit.Empty, null, isRepeated: true, cancelled).ConfigureAwait(false);
            if (Answers.Read(question, typed) is { } answer)
                return answer;
            display.Line(Answers.Advice(question));
        }

        return question.Choices.Any(choice => choice.Word == Question.No) ? Question.No : throw new EndOfStreamException();
    }

    private async Task<string> EnterAsync(CodeTyping typing, CancellationToken cancelled)
    {
        if (prompter.IsInteractive)
            display.Line(new Piece("(Tab completes the code.)", Ink.Faint));
        var line = LineEdit.Empty;
        for (var tries = 0; ; tries++)
        {
            var typed = await prompter.AskAsync("Enter receive wormhole code: ", line, typing, isRepeated: false, cancelled).ConfigureAwait(false);
            var (code, problem) = await typing.EnterAsync(typed, cancelled).ConfigureAwait(false);
            if (code is not null)
                return code;
            if (!prompter.IsInteractive && tries == MostTries)
                throw new FailedException(problem!);
            // Whoever sits there has another try.
            display.Line(SafeText.Line(problem!.Advice is null or GivenCode.AskAgain ? problem.Message : $"{problem.Message} {problem.Advice}", int.MaxValue));
            line = LineEdit.At(typed);
        }
    }

    // A question that leaves no room to answer gets a row of its own.
    private string Short(string text, string choices)
    {
        var isShort = !text.Contains('\n', StringComparison.Ordinal) && Cells.Of(text) + choices.Length + 3 + Prompter.LeastRoom < display.Width;
        if (isShort)
            return $"{text} {choices}: ";
        foreach (var line in text.Split('\n'))
            display.Line(line);
        return $"{choices}: ";
    }
}
