using System.Globalization;
using System.Text;

namespace RxWormhole;

/// <summary>Makes text from a server or peer fit for a message: control and format characters visible, and not endless.</summary>
internal static class Printable
{
    private const int Most = 500;

    internal static string Of(string text)
    {
        var printable = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (printable.Length >= Most)
                return printable.Append('…').ToString();
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator)
            {
                printable.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
            }
            else
            {
                printable.Append(rune.ToString());
            }
        }

        return printable.ToString();
    }
}
