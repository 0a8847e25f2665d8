using System.Text;

namespace RxWormhole.Fuzz;

/// <summary>Input as text: UTF-8, and U+E000 and U+E001 for halves of surrogate pairs, which only strings can hold.</summary>
internal static class Texts
{
    internal static string Of(ReadOnlySpan<byte> input) => Encoding.UTF8.GetString(input).Replace('\ue000', '\ud800').Replace('\ue001', '\udc00');

    /// <summary>Two texts of one input.</summary>
    internal static (string First, string Second) Two(ReadOnlySpan<byte> input)
    {
        var line = input.IndexOf((byte)'\n');
        return line < 0 ? (Of(input), "") : (Of(input[..line]), Of(input[(line + 1)..]));
    }

    /// <summary>Whether a terminal shows the text as it is: nothing moves its cursor or turns it around.</summary>
    internal static bool AreTame(string text, string allowed = "") => text.EnumerateRunes().All(rune => allowed.Contains(rune.ToString(), StringComparison.Ordinal) || Rune.GetUnicodeCategory(rune)
        is not (System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator));
}
