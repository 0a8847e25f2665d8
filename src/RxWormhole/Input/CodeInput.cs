using System.Reactive;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>A code that somebody types, with completion; for a user interface or a terminal to drive.</summary>
/// <remarks>
/// First the nameplate, completed from those on the server, which is claimed as soon as it is chosen and cannot be taken back; then the words,
/// completed from the list. The code comes out of <see cref="Wormhole.Code"/>. Source: codes and words, section 1.5.
/// </remarks>
public sealed class CodeInput
{
    private readonly Session session;
    private readonly Edge edge;
    private readonly object owner;
    private readonly IObservable<Unit> begun;

    internal CodeInput(Session session, Edge edge, object owner, IObservable<Unit> begun)
    {
        this.session = session;
        this.edge = edge;
        this.owner = owner;
        this.begun = begun;
    }

    /// <summary>The nameplates in use on the server, as it listed them last. Servers may choose to list none.</summary>
    /// <remarks>value: the latest list at once, empty at first, then each new one. completion: the session's end. error: never.</remarks>
    public IObservable<IReadOnlyList<string>> Nameplates => session.Nameplates.Deliver(edge, owner);

    /// <summary>Asks the server for its list again.</summary>
    /// <remarks>
    /// Begins when called. value: the next list. error: the session's end, or <see cref="WormholeUsageException"/> where the nameplate was chosen already.
    /// </remarks>
    public IObservable<IReadOnlyList<string>> Refresh()
    {
        var answer = new AsyncSubject<IReadOnlyList<string>>();
        return Do(answer, () => session.RefreshNameplates(answer));
    }

    /// <summary>Completes a nameplate from those listed last, each with its hyphen.</summary>
    /// <param name="prefix">What was typed.</param>
    /// <exception cref="WormholeUsageException">The nameplate was chosen already.</exception>
    public IReadOnlyList<string> NameplateCompletions(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        return Answer(session.Entry.CompleteNameplate(prefix, out var completions), completions);
    }

    /// <summary>Chooses the nameplate. It is claimed on the server and cannot be taken back.</summary>
    /// <param name="nameplate">1 to 40 digits.</param>
    /// <remarks>
    /// Begins when called. value: one, when the server has answered, so that words can be completed; there is no need to wait for it.
    /// error: the session's end, or <see cref="WormholeUsageException"/> where it was chosen already.
    /// </remarks>
    /// <exception cref="ArgumentException">The text is not a nameplate; another try is allowed.</exception>
    public IObservable<Unit> ChooseNameplate(string nameplate)
    {
        ArgumentNullException.ThrowIfNull(nameplate);
        if (!WormholeCode.IsNameplate(nameplate))
            throw new ArgumentException(CodeEntry.Describe(CodeEntryFault.BadNameplate), nameof(nameplate));
        return Do(session.WordsKnown, () => session.ChooseNameplate(nameplate));
    }

    /// <summary>Completes the words from the list; to nothing as long as the server has not answered the claim.</summary>
    /// <param name="prefix">What was typed behind the nameplate's hyphen.</param>
    /// <param name="words">How many words the code is expected to have.</param>
    /// <returns>Every way to finish the last word, with <paramref name="prefix"/> in place; with a hyphen behind when more words are expected.</returns>
    /// <exception cref="WormholeUsageException">No nameplate was chosen, or the words were chosen already.</exception>
    public IReadOnlyList<string> WordCompletions(string prefix, int words = WordList.DefaultLength)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentOutOfRangeException.ThrowIfLessThan(words, 1);
        return Answer(session.Entry.CompleteWords(prefix, words, out var completions), completions);
    }

    /// <summary>Chooses the words, which completes the code.</summary>
    /// <param name="words">The words, joined by hyphens.</param>
    /// <remarks>
    /// Begins when called. value: the whole code. error: the session's end, or <see cref="WormholeUsageException"/> where no nameplate was chosen, or the
    /// words were already.
    /// </remarks>
    /// <exception cref="ArgumentException">The words contain a space; another try is allowed.</exception>
    public IObservable<string> ChooseWords(string words)
    {
        ArgumentNullException.ThrowIfNull(words);
        if (!WormholeCode.AreWords(words))
            throw new ArgumentException(CodeEntry.Describe(CodeEntryFault.BadWords), nameof(words));
        return Do(session.Code, () => session.ChooseWords(words));
    }

    private IObservable<T> Do<T>(IObservable<T> answer, Func<CodeEntryFault> step)
    {
        var asked = session.Ask(begun.SelectMany(answer), () => session.WhyNotTyping() ?? Usage(step()));
        return asked.ResetExceptionDispatchState().Deliver(edge, owner);
    }

    private static IReadOnlyList<string> Answer(CodeEntryFault fault, IReadOnlyList<string> completions) =>
        Usage(fault) is { } misuse ? throw misuse : completions;

    private static WormholeUsageException? Usage(CodeEntryFault fault) =>
        fault == CodeEntryFault.None ? null : new WormholeUsageException(CodeEntry.Describe(fault));
}
