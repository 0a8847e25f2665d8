namespace RxWormhole.Protocol;

/// <summary>The PGP word list: 256 words of three syllables and 256 of two, taken in turns so that a missing word is noticed.</summary>
/// <remarks>Source: codes and words, section 1.2. The first word of a code is from the column of three syllables, called <em>odd</em>.</remarks>
public static class WordList
{
    private static readonly string[] Odd = PgpWords.Odd.Split(' ');
    private static readonly string[] Even = PgpWords.Even.Split(' ');
    private static readonly SortedSet<string> All = new([.. Odd, .. Even], StringComparer.Ordinal);

    /// <summary>How many words a code has unless somebody asks for more: two, sixteen bits.</summary>
    public const int DefaultLength = 2;

    internal const int ShortestWord = 4;
    internal const int LongestWord = 11;

    /// <summary>Says whether the word, in lower case, is on the list.</summary>
    public static bool Contains(string word) => All.Contains(word);

    /// <summary>Turns random bytes into the words of a code, one word a byte, joined by hyphens.</summary>
    /// <param name="random">As many bytes as words are wanted, from a cryptographic source.</param>
    public static string Choose(ReadOnlySpan<byte> random)
    {
        var words = new string[random.Length];
        for (var i = 0; i < words.Length; i++)
            words[i] = Column(i)[random[i]];
        return string.Join('-', words);
    }

    /// <summary>Completes the words somebody has typed so far.</summary>
    /// <param name="prefix">What follows the nameplate's hyphen; letter case matters, the list is in lower case.</param>
    /// <param name="words">How many words the code is expected to have.</param>
    /// <returns>Every way to finish the last word, with <paramref name="prefix"/> in place, sorted; with a hyphen behind when more words are expected.</returns>
    public static IReadOnlyList<string> Complete(string prefix, int words = DefaultLength)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentOutOfRangeException.ThrowIfLessThan(words, 1);

        var done = prefix.AsSpan().Count('-');
        var typed = prefix.LastIndexOf('-') + 1;
        var partial = prefix[typed..];
        var behind = done + 1 < words ? "-" : "";
        return
        [
            .. Column(done)
                .Where(word => word.StartsWith(partial, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(word => prefix[..typed] + word + behind),
        ];
    }

    /// <summary>Completes the nameplate somebody has typed so far.</summary>
    /// <param name="listed">The nameplates the server listed.</param>
    /// <param name="prefix">What was typed.</param>
    /// <returns>The listed nameplates that begin so, each with its hyphen, sorted as text.</returns>
    public static IReadOnlyList<string> CompleteNameplate(IEnumerable<string> listed, string prefix) =>
    [
        .. listed
            .Where(nameplate => nameplate.StartsWith(prefix, StringComparison.Ordinal))
            .Select(nameplate => nameplate + "-")
            .Order(StringComparer.Ordinal),
    ];

    private static string[] Column(int position) => position % 2 == 0 ? Odd : Even;
}
