namespace RxWormhole.Benchmarks.Load;

/// <summary>Ours and the others in turns, each in a process of its own, and every aim.</summary>
internal static class Comparison
{
    private static readonly Dictionary<string, Func<OurServers, int, Task<Aim[]>>> Parts = new()
    {
        ["memory"] = MailboxComparison.InMemoryAsync,
        ["sqlite"] = MailboxComparison.InFilesAsync,
        ["bare"] = MailboxComparison.BareAsync,
        ["idle"] = (ours, _) => IdleComparison.RunAsync(ours),
        ["relay"] = RelayComparison.RunAsync,
        ["flat"] = MailboxComparison.FlatAsync,
    };

    /// <returns>0 if every aim was reached, otherwise 1.</returns>
    internal static async Task<int> CommandAsync(LoadArguments arguments)
    {
        if (arguments.Names.Except(Parts.Keys).ToList() is { Count: > 0 } unknown)
            throw new LoadException($"There is no part {string.Join(", ", unknown)}; there are {string.Join(", ", Parts.Keys)}.");
        var program = arguments["--server"] is { } file ? Path.GetFullPath(file) : null;
        if (program is null)
            Console.WriteLine("No --server: ours runs in this program, compiled just in time; the aims are for the native one.");
        var (ours, rounds) = (new OurServers(program), arguments.Number("--rounds", 3));
        var aims = new List<Aim>();
        foreach (var (name, measure) in Parts.Where(part => arguments.Names.Count == 0 || arguments.Names.Contains(part.Key)))
        {
            Console.WriteLine(name);
            aims.AddRange(await measure(ours, rounds));
        }

        Console.WriteLine();
        Console.WriteLine(Aim.Header);
        foreach (var aim in aims)
            Console.WriteLine(aim);
        return aims.TrueForAll(aim => aim.IsReached) ? 0 : 1;
    }
}
