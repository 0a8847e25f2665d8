namespace RxWormhole.Benchmarks.Load;

/// <summary>Our mailbox server against the Python one, the bare endpoint, and itself with more to hold.</summary>
internal static class MailboxComparison
{
    private const double Slice = 2.5;

    // An exchange with the Python server's file can take seconds.
    private const double DiskSlice = 6;
    private const int Few = 10;
    private const int Many = 10_000;

    internal static async Task<Aim[]> InMemoryAsync(OurServers ours, int rounds)
    {
        using var our = ours.Start("ours");
        using var python = PythonServers.StartMailbox();
        return Aims("in memory", await Turns.RunAsync(Slice, rounds, our, python), 6, 0.25);
    }

    internal static async Task<Aim[]> InFilesAsync(OurServers ours, int rounds)
    {
        using var our = ours.Start("ours", inMemory: false);
        using var python = PythonServers.StartMailbox(inMemory: false);
        return Aims("SQLite", await Turns.RunAsync(DiskSlice, rounds, our, python), 10, 0.125);
    }

    internal static async Task<Aim[]> BareAsync(OurServers ours, int rounds)
    {
        using var our = ours.Start("ours");
        using var bare = OurServers.StartBare();
        var results = await Turns.RunAsync(Slice, rounds, our, bare);
        return [Aim.Ratio("in memory: ms of processor time an exchange, to bare", results[0].Cpu(), results[1].Cpu(), 2)];
    }

    internal static async Task<Aim[]> FlatAsync(OurServers ours, int rounds)
    {
        using var few = ours.Start($"{Few} mailboxes");
        using var many = ours.Start($"{Many} mailboxes");
        await Population.MakeAsync(few.Mailbox!, Few);
        await Population.MakeAsync(many.Mailbox!, Many);
        var results = await Turns.RunAsync(Slice, rounds, many, few);
        // Flat, and a little for what the machine does by itself.
        return [Aim.Ratio($"{Many} live mailboxes: ms of processor time, to {Few}", results[0].Cpu(), results[1].Cpu(), 1.15)];
    }

    private static Aim[] Aims(string where, MailboxResult[][] results, double rate, double cpu) =>
    [
        Aim.Ratio($"{where}: exchanges a second, to Python", results[0].Rates(), results[1].Rates(), rate, isLeast: true),
        Aim.Ratio($"{where}: ms of processor time an exchange, to Python", results[0].Cpu(), results[1].Cpu(), cpu),
        Aim.Ratio($"{where}: ms of our slowest hundredth, to Python's median", results[0].P99s(), results[1].Medians(), 1),
    ];
}
