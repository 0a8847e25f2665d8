using System.Diagnostics.CodeAnalysis;

namespace RxWormhole.Protocol;

/// <summary>The written form of a wormhole code, <c>nameplate "-" words</c>: which texts are codes, and how one is taken apart.</summary>
/// <remarks>
/// Everything in a code counts, letter case included: the whole text is the password of the key exchange. Human-made words are as good as
/// listed ones. Source: codes and words, sections 1.1 and 1.4. Where the reference client is lax (no hyphen, digits outside ASCII, spaces in
/// typed words), this class is strict, because the code could not work.
/// </remarks>
public static class WormholeCode
{
    /// <summary>The most digits a nameplate may have; mailbox servers refuse longer ones.</summary>
    public const int MaxNameplateLength = 40;

    /// <summary>Says whether the text is a nameplate: 1 to 40 digits, <c>0</c> to <c>9</c>. <c>004</c> and <c>4</c> are two nameplates.</summary>
    public static bool IsNameplate([NotNullWhen(true)] string? text) =>
        text is { Length: >= 1 and <= MaxNameplateLength } && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>Takes a complete code apart.</summary>
    /// <param name="code">What somebody gave as a code; see <see cref="CodeText.Normalize"/> for what they may have typed around it.</param>
    /// <param name="nameplate">The text before the first hyphen: public, sent to the server.</param>
    /// <param name="reason">What is wrong and what a code looks like; never a part of the code itself.</param>
    public static bool TryParse(
        [NotNullWhen(true)] string? code,
        [NotNullWhen(true)] out string? nameplate,
        [NotNullWhen(false)] out string? reason)
    {
        nameplate = null;
        reason = WhatIsWrong(code);
        if (reason is not null)
            return false;
        nameplate = code![..code!.IndexOf('-', StringComparison.Ordinal)];
        return true;
    }

    /// <summary>Says whether the text may be the words of a code, that is, what follows the nameplate's hyphen. Empty words are allowed.</summary>
    public static bool AreWords([NotNullWhen(true)] string? words) =>
        words is not null && !words.Contains(' ', StringComparison.Ordinal) && Utf8Text.IsWellFormed(words);

    /// <summary>Puts a code together from a nameplate and words.</summary>
    /// <exception cref="ArgumentException">The nameplate is not 1 to 40 digits, or the words contain a space.</exception>
    public static string Join(string nameplate, string words)
    {
        if (!IsNameplate(nameplate))
            throw new ArgumentException("A nameplate is 1 to 40 digits.", nameof(nameplate));
        if (!AreWords(words))
            throw new ArgumentException("The words of a code are joined by hyphens, without spaces.", nameof(words));
        return $"{nameplate}-{words}";
    }

    private static string? WhatIsWrong(string? code)
    {
        const string Like = "A code is a number, a hyphen and words, such as 4-purple-sausages; ";
        if (string.IsNullOrEmpty(code))
            return Like + "this one is empty.";
        if (code.Contains(' ', StringComparison.Ordinal))
            return Like + "this one contains a space.";
        var hyphen = code.IndexOf('-', StringComparison.Ordinal);
        if (hyphen < 0)
            return Like + "this one has no hyphen.";
        if (hyphen > MaxNameplateLength)
            return Like + $"this one's number is longer than {MaxNameplateLength} digits.";
        if (!IsNameplate(code[..hyphen]))
            return Like + "this one does not begin with a number.";
        return Utf8Text.IsWellFormed(code) ? null : Like + "this one is not valid Unicode text.";
    }
}
