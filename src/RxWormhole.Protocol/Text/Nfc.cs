using System.Text;

namespace RxWormhole.Protocol;

/// <summary>Unicode normalization form C that gives the same answer on every machine.</summary>
/// <remarks>
/// <c>string.Normalize</c> asks ICU, and under invariant globalization it silently does nothing, which would turn one code into two different passwords.
/// This is the algorithm of Unicode Standard Annex 15 over the tables of Unicode 15.0; text of characters that later versions added comes out
/// as it is where they are new compositions, the same as from any peer with older tables.
/// </remarks>
public static class Nfc
{
    // Hangul syllables are composed by arithmetic: The Unicode Standard, section 3.12.
    private const int SyllableBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TrailBase = 0x11A7;
    private const int Leads = 19, Vowels = 21, Trails = 28, Syllables = Leads * Vowels * Trails;

    // No character below this one takes part in any composition as a second part, or is changed.
    private const char FirstCombining = '\u0300';

    /// <summary>Gives the text in normalization form C.</summary>
    /// <param name="text">Well-formed text; half a surrogate pair is left where it is.</param>
    public static string Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.AsSpan().IndexOfAnyExceptInRange('\0', (char)(FirstCombining - 1)) < 0)
            return text;

        var points = new List<int>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var isPair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            Decompose(isPair ? char.ConvertToUtf32(text[i], text[i + 1]) : text[i], points);
            i += isPair ? 1 : 0;
        }

        Reorder(points);
        return Text(Compose(points));
    }

    private static void Decompose(int point, List<int> into)
    {
        var syllable = point - SyllableBase;
        if (syllable is >= 0 and < Syllables)
        {
            into.Add(LeadBase + syllable / (Vowels * Trails));
            into.Add(VowelBase + syllable % (Vowels * Trails) / Trails);
            if (syllable % Trails != 0)
                into.Add(TrailBase + syllable % Trails);
        }
        else if (NfcData.Decompositions.TryGetValue(point, out var parts))
        {
            foreach (var part in parts)
                Decompose(part, into);
        }
        else
        {
            into.Add(point);
        }
    }

    // Runs of combining characters are sorted by class; those of one class keep their order.
    private static void Reorder(List<int> points)
    {
        for (var start = 0; start < points.Count; start++)
        {
            var end = start;
            while (end < points.Count && NfcData.Class(points[end]) != 0)
                end++;
            if (end - start < 2)
                continue;
            var run = points.GetRange(start, end - start).OrderBy(NfcData.Class).ToArray();
            for (var i = 0; i < run.Length; i++)
                points[start + i] = run[i];
            start = end;
        }
    }

    private static List<int> Compose(List<int> points)
    {
        var composed = new List<int>(points.Count);
        var starter = -1;
        var lastClass = -1;
        foreach (var point in points)
        {
            var thisClass = NfcData.Class(point);
            // Blocked when something of the same or a higher class, or another starter, stands in between.
            if (starter >= 0 && lastClass < thisClass && TryCompose(composed[starter], point, out var whole))
            {
                composed[starter] = whole;
                continue;
            }

            if (thisClass == 0)
                starter = composed.Count;
            lastClass = thisClass == 0 ? -1 : thisClass;
            composed.Add(point);
        }

        return composed;
    }

    private static bool TryCompose(int first, int second, out int whole)
    {
        if (first - LeadBase is >= 0 and < Leads && second - VowelBase is >= 0 and < Vowels)
        {
            whole = SyllableBase + ((first - LeadBase) * Vowels + (second - VowelBase)) * Trails;
            return true;
        }

        if (first - SyllableBase is >= 0 and < Syllables && (first - SyllableBase) % Trails == 0 && second - TrailBase is > 0 and < Trails)
        {
            whole = first + (second - TrailBase);
            return true;
        }

        return NfcData.Compositions.TryGetValue((first, second), out whole);
    }

    private static string Text(List<int> points)
    {
        var text = new StringBuilder(points.Count);
        foreach (var point in points)
        {
            if (Rune.TryCreate(point, out var rune))
                text.Append(rune.ToString());
            else
                text.Append((char)point);
        }

        return text.ToString();
    }
}
