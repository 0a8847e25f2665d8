namespace RxWormhole.Fuzz;

/// <summary>A few inputs that reach most of what was reached, each made smaller.</summary>
internal static class Distillation
{
    // A folder that people can look through, and tests go through in no time.
    private const int MostKept = 12;

    // There are many of them, and small enough will do.
    private const int Tries = 400;

    /// <returns>How many were kept.</returns>
    internal static int Keep(FuzzTarget target, IReadOnlyList<byte[]> found, CoverageMap coverage)
    {
        var reached = new HashSet<int>();
        foreach (var input in Corpus.Read(target))
            reached.UnionWith(Steps(target, input, coverage));

        var left = found.Select(input => (Input: input, Steps: Steps(target, input, coverage))).ToList();
        for (var kept = 0; kept < MostKept; kept++)
        {
            // What adds most comes first.
            left.ForEach(each => each.Steps.ExceptWith(reached));
            left.RemoveAll(each => each.Steps.Count == 0);
            if (left.Count == 0)
                return kept;
            var (input, news) = left.MaxBy(each => each.Steps.Count);
            var smallest = Minimizer.Minimize(input, smaller => Steps(target, smaller, coverage).IsSupersetOf(news), Tries);
            reached.UnionWith(Steps(target, smallest, coverage));
            reached.UnionWith(news);
            Corpus.Keep(target, "new", smallest);
        }

        return MostKept;
    }

    private static HashSet<int> Steps(FuzzTarget target, byte[] input, CoverageMap coverage)
    {
        coverage.Clear();
        return Trial.Run(target, input) is null ? [.. coverage.Taken()] : [];
    }
}
