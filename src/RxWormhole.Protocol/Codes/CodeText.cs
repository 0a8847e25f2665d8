using System.Text;

namespace RxWormhole.Protocol;

/// <summary>Forgives what people do to a code when they type, dictate or paste it.</summary>
/// <remarks>
/// Strict parsing (<see cref="WormholeCode.TryParse"/>) comes after. Words that are not on the list may be somebody's own, where letter case counts,
/// so they are left as they are; only what surely was meant otherwise is changed.
/// </remarks>
public static class CodeText
{
    // What phones and word processors put in place of a hyphen.
    private const string Dashes = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uFE58\uFE63\uFF0D";

    // Invisible, and pasted along unseen.
    private const string Invisible = "\u200B\u200C\u200D\u2060\uFEFF\u00AD";

    /// <summary>Gives the code that was most likely meant.</summary>
    /// <param name="typed">Text that may have stray spaces, capitals, typographic dashes, or a hyphen missing between listed words.</param>
    /// <returns>The mended text. It may still not be a code; a text that is one and has words of its own comes back unchanged.</returns>
    public static string Normalize(string typed)
    {
        ArgumentNullException.ThrowIfNull(typed);

        var text = Clean(typed);
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits <= 0)
            return text;

        var nameplate = text[..digits];
        var rest = text[digits..];
        var tokens = rest.Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries);
        if (tokens.Length == 0)
            return nameplate + rest.Replace(" ", "", StringComparison.Ordinal);

        var listed = Listed(tokens);
        if (listed is not null)
            return $"{nameplate}-{string.Join('-', listed)}";
        return rest[0] is ' ' or '-' ? $"{nameplate}-{Joined(rest)}" : text;
    }

    private static string Clean(string typed)
    {
        var text = new StringBuilder(typed.Length);
        foreach (var character in typed)
        {
            if (Invisible.Contains(character, StringComparison.Ordinal))
                continue;
            text.Append(
                Dashes.Contains(character, StringComparison.Ordinal) ? '-' :
                char.IsWhiteSpace(character) ? ' ' :
                character);
        }

        return text.ToString().Trim();
    }

    // Every token a listed word, or several run together: then all of it is from the list, in lower case.
    private static List<string>? Listed(string[] tokens)
    {
        var words = new List<string>();
        foreach (var token in tokens)
        {
            if (!TrySplit(token.ToLowerInvariant(), words))
                return null;
        }

        return words;
    }

    // No listed word begins another one (tested), so words that were run together come apart in one way only.
    private static bool TrySplit(string token, List<string> words)
    {
        var from = 0;
        while (from < token.Length)
        {
            var word = Enumerable.Range(WordList.ShortestWord, WordList.LongestWord - WordList.ShortestWord + 1)
                .Where(length => from + length <= token.Length)
                .Select(length => token.Substring(from, length))
                .FirstOrDefault(WordList.Contains);
            if (word is null)
                return false;
            words.Add(word);
            from += word.Length;
        }

        return true;
    }

    private static string Joined(string rest)
    {
        var pieces = rest.TrimStart(' ').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var joined = new StringBuilder();
        foreach (var piece in pieces)
        {
            if (joined.Length > 0 && joined[^1] != '-' && piece[0] != '-')
                joined.Append('-');
            joined.Append(piece);
        }

        if (joined.Length > 0 && joined[0] == '-')
            joined.Remove(0, 1);
        return joined.ToString();
    }
}
