using System.Collections.Immutable;

namespace RxWormhole.Protocol;

/// <summary>How far somebody has come in typing a code: first the nameplate, which is claimed at once, then the words.</summary>
/// <remarks>
/// Source: codes and words, section 1.5. Unlike the reference, words with a space are refused, because the code they make would be.
/// Every step gives the next state, or the same one and a fault.
/// </remarks>
public sealed record CodeEntry
{
    /// <summary>Nothing typed, nothing listed.</summary>
    public static CodeEntry Empty { get; } = new();

    /// <summary>The nameplates the server listed last.</summary>
    public ImmutableArray<string> Listed { get; init; } = [];

    /// <summary>The nameplate that was chosen, or null.</summary>
    public string? Nameplate { get; private init; }

    /// <summary>Whether the list of words is known, which is when the server has answered the claim.</summary>
    public bool AreWordsKnown { get; init; }

    /// <summary>The whole code, once the words were chosen.</summary>
    public string? Code { get; private init; }

    /// <summary>Why the list of nameplates cannot be asked for again.</summary>
    public CodeEntryFault Refresh() => Nameplate is null ? CodeEntryFault.None : CodeEntryFault.NameplateAlreadyChosen;

    /// <summary>Completes the nameplate from those listed.</summary>
    /// <param name="prefix">What was typed.</param>
    /// <param name="completions">The listed nameplates that begin so, each with its hyphen, sorted.</param>
    public CodeEntryFault CompleteNameplate(string prefix, out IReadOnlyList<string> completions)
    {
        completions = Nameplate is null ? WordList.CompleteNameplate(Listed, prefix) : [];
        return Refresh();
    }

    /// <summary>Chooses the nameplate, which is then to be claimed.</summary>
    public CodeEntryFault ChooseNameplate(string nameplate, out CodeEntry next)
    {
        next = this;
        if (Nameplate is not null)
            return CodeEntryFault.NameplateAlreadyChosen;
        if (!WormholeCode.IsNameplate(nameplate))
            return CodeEntryFault.BadNameplate;
        next = this with { Nameplate = nameplate };
        return CodeEntryFault.None;
    }

    /// <summary>Completes the words from the list; to nothing as long as the list is not known.</summary>
    /// <param name="prefix">What was typed behind the nameplate's hyphen.</param>
    /// <param name="words">How many words the code is expected to have.</param>
    /// <param name="completions">As <see cref="WordList.Complete"/> gives them.</param>
    public CodeEntryFault CompleteWords(string prefix, int words, out IReadOnlyList<string> completions)
    {
        completions = [];
        var fault = WordsFault();
        if (fault == CodeEntryFault.None && AreWordsKnown)
            completions = WordList.Complete(prefix, words);
        return fault;
    }

    /// <summary>Chooses the words, which makes the code. The list of words need not be known.</summary>
    public CodeEntryFault ChooseWords(string words, out CodeEntry next)
    {
        next = this;
        var fault = WordsFault();
        if (fault != CodeEntryFault.None)
            return fault;
        if (!WormholeCode.AreWords(words))
            return CodeEntryFault.BadWords;
        next = this with { Code = WormholeCode.Join(Nameplate!, words) };
        return CodeEntryFault.None;
    }

    /// <summary>What a fault means, for people.</summary>
    public static string Describe(CodeEntryFault fault) => fault switch
    {
        CodeEntryFault.None => "Nothing is wrong.",
        CodeEntryFault.NameplateAlreadyChosen => "The nameplate was chosen already and is claimed on the server; begin a new session for another one.",
        CodeEntryFault.MustChooseNameplateFirst => "Choose the nameplate first: the number before the first hyphen.",
        CodeEntryFault.WordsAlreadyChosen => "The words were chosen already; begin a new session for another code.",
        CodeEntryFault.BadNameplate => $"A nameplate is 1 to {WormholeCode.MaxNameplateLength} digits.",
        CodeEntryFault.BadWords => "The words of a code are joined by hyphens, without spaces.",
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };

    private CodeEntryFault WordsFault() =>
        Nameplate is null ? CodeEntryFault.MustChooseNameplateFirst :
        Code is not null ? CodeEntryFault.WordsAlreadyChosen :
        CodeEntryFault.None;
}
