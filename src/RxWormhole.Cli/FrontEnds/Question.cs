using System.Collections.Immutable;

namespace RxWormhole.Cli;

/// <summary>A question that has a few answers.</summary>
/// <param name="Name">What a program knows it by: <c>accept</c>, <c>existing</c>, <c>verifier</c>, <c>key</c>, <c>confirm</c>.</param>
/// <param name="Text">The question, without a question mark's choices.</param>
/// <param name="Choices">The answers, at least two.</param>
/// <param name="Default">The word of the choice that is made by pressing Return alone; null where a word has to be typed.</param>
internal sealed record Question(string Name, string Text, ImmutableArray<Choice> Choices, string? Default)
{
    internal const string Yes = "yes";
    internal const string No = "no";

    /// <summary>A question that is answered by yes or no.</summary>
    internal static Question YesNo(string name, string text, bool? usual) =>
        new(name, text, [new Choice(Yes), new Choice(No)], usual switch { true => Yes, false => No, null => null });
}

/// <summary>An answer.</summary>
/// <param name="Word">The word for it; its first letter is enough where no other choice begins with it, unless the question has no default.</param>
/// <param name="Meaning">What it does, where the word alone does not say; for instance the name that <c>rename</c> gives.</param>
internal sealed record Choice(string Word, string? Meaning = null);
