namespace RxWormhole.Cli;

/// <summary>Guesses what somebody meant who mistyped a word.</summary>
internal static class Likely
{
    private const int MostEdits = 2;

    /// <summary>The word that is nearest; null where none is near.</summary>
    internal static string? Of(string typed, IEnumerable<string> words) => words
        .Select(word => (Word: word, Edits: Edits(typed, word)))
        .Where(each => each.Edits <= MostEdits && each.Edits < each.Word.TrimStart('-').Length)
        .OrderBy(each => each.Edits)
        .Select(each => each.Word)
        .FirstOrDefault();

    // How many letters are put in, left out or changed.
    private static int Edits(string from, string to)
    {
        var before = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 0; i < from.Length; i++)
        {
            var row = new int[to.Length + 1];
            row[0] = i + 1;
            for (var j = 0; j < to.Length; j++)
                row[j + 1] = Math.Min(Math.Min(row[j], before[j + 1]) + 1, before[j] + (from[i] == to[j] ? 0 : 1));
            before = row;
        }

        return before[^1];
    }
}
