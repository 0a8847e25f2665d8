using System.Reactive.Threading.Tasks;

namespace RxWormhole.Cli;

/// <summary>Asks for lines: at a terminal in a row that can be edited, otherwise by reading one.</summary>
/// <param name="display">Where it is asked.</param>
/// <param name="keys">The keys that are pressed; null where there is no terminal for that.</param>
/// <param name="lines">The lines of standard input.</param>
/// <param name="isEchoed">Whether lines come from a terminal that shows what is typed.</param>
internal sealed class Prompter(Display display, Keyboard? keys, AnswerLines lines, bool isEchoed)
{
    // A prompt leaves at least so much of a row to what is typed.
    internal const int LeastRoom = 16;

    private readonly Lock gate = new();
    private (string Prompt, LineEdit Line, CancellationToken Question)? asked;
    private bool isOver;

    /// <summary>Whether somebody sits at a terminal.</summary>
    internal bool IsInteractive => keys is not null;

    /// <summary>Asks for a line.</summary>
    /// <param name="prompt">What is written before it, with what ends it, such as a colon and a space.</param>
    /// <param name="first">What is in the line at first.</param>
    /// <param name="typing">What is behind it.</param>
    /// <param name="isRepeated">Whether an answer that was read and not typed is shown, so that what was asked is answered.</param>
    /// <param name="cancelled">Takes the question back.</param>
    /// <exception cref="EndOfStreamException">There is no more input.</exception>
    internal Task<string> AskAsync(string prompt, LineEdit first, ITyping? typing, bool isRepeated, CancellationToken cancelled) =>
        keys is not null ? EditAsync(keys, prompt, first, typing, cancelled) : ReadAsync(prompt, isRepeated, cancelled);

    /// <summary>Takes a question back, or leaves it with its answer; at once, so that what is told next is below it.</summary>
    /// <param name="question">What it was asked with: another one may be asked already. Null for any.</param>
    internal void TakeBack(CancellationToken? question)
    {
        lock (gate)
        {
            if (asked is not { } row || (question is { } mine && row.Question != mine))
                return;
            asked = null;
            display.EndPrompt(new Piece(row.Prompt, Ink.Strong), SafeText.Line(row.Line.Text));
        }
    }

    /// <summary>Nothing is asked any more.</summary>
    internal void End()
    {
        TakeBack(question: null);
        lock (gate)
            isOver = true;
    }

    private async Task<string> EditAsync(Keyboard keyboard, string prompt, LineEdit first, ITyping? typing, CancellationToken cancelled)
    {
        var line = first;
        try
        {
            while (true)
            {
                // What is pasted is shown once it is all here.
                Show(prompt, line, isDrawn: !keyboard.IsTypedAhead, cancelled);
                var key = await keyboard.NextAsync(cancelled).ConfigureAwait(false);
                if (key is { Key: ConsoleKey.Enter } or { KeyChar: '\r' or '\n' })
                    return line.Text;
                if (IsEnd(key) && line.Text.Length == 0)
                    throw new EndOfStreamException();
                line = typing is not null && IsTab(key)
                    ? await CompleteAsync(prompt, line, typing, cancelled).ConfigureAwait(false)
                    : Allowed(line, line.On(key), typing);
            }
        }
        finally
        {
            if (!cancelled.IsCancellationRequested)
                TakeBack(cancelled);
        }
    }

    private async Task<LineEdit> CompleteAsync(string prompt, LineEdit line, ITyping typing, CancellationToken cancelled)
    {
        Show(prompt, line, isDrawn: true, cancelled);
        var completion = await typing.CompleteAsync(line, cancelled).ConfigureAwait(false);
        cancelled.ThrowIfCancellationRequested();
        foreach (var told in completion.Told)
            display.Line(new Piece(told, Ink.Faint));
        return completion.Line;
    }

    private LineEdit Allowed(LineEdit line, LineEdit next, ITyping? typing)
    {
        if (next == line || typing?.WhyNot(next) is not { } reason)
            return next;
        display.Line(new Piece(reason, Ink.Faint));
        return line;
    }

    private static bool IsEnd(ConsoleKeyInfo key) => key is { KeyChar: '\x4' } or { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control };

    private static bool IsTab(ConsoleKeyInfo key) => key is { Key: ConsoleKey.Tab } or { KeyChar: '\t' };

    private void Show(string prompt, LineEdit line, bool isDrawn, CancellationToken cancelled)
    {
        lock (gate)
        {
            cancelled.ThrowIfCancellationRequested();
            if (isOver)
                return;
            asked = (prompt, line, cancelled);
            if (!isDrawn)
                return;
            var view = LineView.Of(line, Math.Max(LeastRoom, display.Width - 1 - Cells.Of(prompt)));
            display.Prompt([new Piece(prompt, Ink.Strong), view.Shown], view.Behind);
        }
    }

    private async Task<string> ReadAsync(string prompt, bool isRepeated, CancellationToken cancelled)
    {
        if (isEchoed)
            display.Raw(prompt);
        var answer = "";
        try
        {
            return answer = await lines.Next.ToTask(cancelled).ConfigureAwait(false);
        }
        finally
        {
            if (isEchoed && cancelled.IsCancellationRequested)
                display.Line();
            else if (!isEchoed && isRepeated)
                display.Line(prompt + SafeText.Line(answer));
        }
    }
}
