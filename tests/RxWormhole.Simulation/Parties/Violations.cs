namespace RxWormhole.Simulation;

/// <summary>What a world did that it must not: one line each, the first few of them.</summary>
internal sealed class Violations
{
    private const int Most = 20;

    private readonly List<string> lines = [];

    internal IReadOnlyList<string> Lines => lines;

    internal bool Any => lines.Count > 0;

    /// <param name="kind">What was violated: the same for all worlds, so that a smaller world can be seen to show the same.</param>
    /// <param name="what">What happened.</param>
    internal void Add(string kind, string what)
    {
        if (lines.Count < Most)
            lines.Add($"{kind}: {what}");
    }

    /// <summary>The kinds, sorted.</summary>
    internal IReadOnlyList<string> Kinds => [.. lines.Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)]).Distinct().Order(StringComparer.Ordinal)];
}
