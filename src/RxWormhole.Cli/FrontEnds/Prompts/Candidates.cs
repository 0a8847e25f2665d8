namespace RxWormhole.Cli;

/// <summary>What a text can be completed to.</summary>
internal static class Candidates
{
    private const int Most = 60;

    /// <summary>What all of them begin with.</summary>
    internal static string Shared(IReadOnlyList<string> candidates)
    {
        var length = candidates.Min(each => each.Length);
        while (candidates.Any(each => string.CompareOrdinal(each, 0, candidates[0], 0, length) != 0))
            length--;
        return candidates[0][..length];
    }

    /// <summary>Them in columns, or how many there are where that is too much to read.</summary>
    internal static string[] Rows(IReadOnlyList<string> candidates, int cells)
    {
        if (candidates.Count > Most)
            return [$"{candidates.Count} are possible. Type a letter or two, then Tab again."];
        var wide = candidates.Max(each => each.Length) + 2;
        return [.. candidates.Chunk(Math.Max(1, cells / wide)).Select(row => string.Concat(row.Select(each => each.PadRight(wide))).TrimEnd())];
    }
}
