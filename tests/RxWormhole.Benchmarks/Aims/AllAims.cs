namespace RxWormhole.Benchmarks.Aims;

/// <summary>The figures of docs/performance.md, each against its aim.</summary>
internal static class AllAims
{
    private static readonly SortedDictionary<string, Func<bool>> Aims = new(StringComparer.Ordinal)
    {
        ["memory"] = MemoryAim.Run,
        ["messages"] = MessageAim.Run,
        ["patient"] = PatientAim.Run,
        ["sessions"] = SessionAim.Run,
        ["spake2"] = Spake2Aim.Run,
    };

    /// <summary>Measures the named ones, or all.</summary>
    /// <returns>0 if every aim was reached, otherwise 1.</returns>
    internal static int Run(string[] names)
    {
        var unknown = names.Except(Aims.Keys).ToArray();
        if (unknown.Length > 0)
        {
            Console.Error.WriteLine($"There is no aim named {string.Join(", ", unknown)}; there are {string.Join(", ", Aims.Keys)}.");
            return 2;
        }

        var missed = Aims
            .Where(aim => names.Length == 0 || names.Contains(aim.Key))
            .Where(aim => !aim.Value())
            .Select(aim => aim.Key)
            .ToArray();
        Console.WriteLine(missed.Length == 0 ? "Every aim was reached." : $"Missed: {string.Join(", ", missed)}.");
        return missed.Length == 0 ? 0 : 1;
    }
}
