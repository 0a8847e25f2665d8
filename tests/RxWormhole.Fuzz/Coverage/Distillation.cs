namespace RxWormhole.Fuzz;

/// <summary>The fewest inputs that still reach everything, each as small as can be.</summary>
internal static class Distillation
{
    /// <returns>The paths of those that were kept.</returns>
    internal static List<string> Keep(FuzzTarget target, IReadOnlyList<byte[]> found, CoverageMap coverage)
    {
        var reached = new HashSet<int>();
        foreach (var input in Corpus.Read(target))
            reached.UnionWith(Steps(target, input, coverage));

        var kept = new List<string>();
        foreach (var input in found.OrderBy(each => each.Length))
        {
            var news = Steps(target, input, coverage).Except(reached).ToArray();
            if (news.Length == 0)
                continue;
            var smallest = Minimizer.Minimize(input, smaller => Steps(target, smaller, coverage).IsSupersetOf(news));
            reached.UnionWith(Steps(target, smallest, coverage));
            kept.Add(Corpus.Keep(target, "new", smallest));
        }

        return kept;
    }

    // Nothing of what a first run does and a second does not.
    private static HashSet<int> Steps(FuzzTarget target, byte[] input, CoverageMap coverage)
    {
        coverage.Clear();
        return Trial.Run(target, input) is null ? [.. coverage.Taken()] : [];
    }
}
