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

    /// <returns>0 if every aim was measured and reached, otherwise 1.</returns>
    internal static async Task<int> CommandAsync(LoadArguments arguments)
    {
        if (arguments.Names.Except(Parts.Keys).ToList() is { Count: > 0 } unknown)
            throw new LoadException($"There is no part {string.Join(", ", unknown)}; there are {string.Join(", ", Parts.Keys)}.");
        var program = arguments["--server"] is { } file ? Path.GetFullPath(file) : null;
        if (program is null)
            Console.WriteLine("No --server: ours runs in this program, compiled just in time; the aims are for the native one.");
        var (ours, rounds) = (new OurServers(program), arguments.Number("--rounds", 3));
        var (aims, failed) = (new List<Aim>(), 0);
        foreach (var (name, measure) in Parts.Where(part => arguments.Names.Count == 0 || arguments.Names.Contains(part.Key)))
        {
            Console.WriteLine(name);
            try
            {
                aims.AddRange(await measure(ours, rounds));
            }
            catch (LoadException exception)
            {
                // The others' figures are worth having.
                failed++;
                Console.WriteLine($"  {exception.Message}");
            }
        }

        Console.WriteLine();
        Console.WriteLine(Aim.Header);
        foreach (var aim in aims)
            Console.WriteLine(aim);
        if (failed > 0)
            Console.WriteLine($"Not measured: {failed} of the parts; the reasons stand above.");
        return failed == 0 && aims.TrueForAll(aim => aim.IsReached) ? 0 : 1;
    }
}
