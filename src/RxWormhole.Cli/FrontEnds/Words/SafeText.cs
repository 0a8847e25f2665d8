using System.Globalization;
using System.Text;

namespace RxWormhole.Cli;

/// <summary>Makes text of the other side, of a server or of a file system fit for a terminal: what would act on it, or turn its order around, is made visible.</summary>
internal static class SafeText
{
    private const int MostOfALine = 500;

    /// <summary>A text within a line: everything that is no letter, mark, number, sign or space is made visible, and it is not endless.</summary>
    internal static string Line(string text, int most = MostOfALine) => Of(text, most, static rune => rune.Value == '\t' ? "\\t" : null);

    /// <summary>A text of several lines: line feeds and tabs stay what they are.</summary>
    internal static string Block(string text, int most = int.MaxValue) =>
        Of(text.Replace("\r\n", "\n", StringComparison.Ordinal), most, static rune => rune.Value switch { '\n' => "\n", '\t' => "\t", _ => null });

    private static string Of(string text, int most, Func<Rune, string?> known)
    {
        var safe = new StringBuilder(Math.Min(text.Length, most));
        foreach (var rune in text.EnumerateRunes())
        {
            if (safe.Length >= most)
                return safe.Append('…').ToString();
            if (!IsHidden(rune))
                safe.Append(rune.ToString());
            else
                safe.Append(known(rune) ?? string.Create(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}"));
        }

        return safe.ToString();
    }

    // Format characters are those that turn the direction of text around or join it invisibly.
    private static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
