using System.Globalization;

namespace RxWormhole.Benchmarks.Load;

/// <summary>The memory of idle connections: ours, the bare endpoint's, and the Python server's to know it. Each in a fresh process, once.</summary>
internal static class IdleComparison
{
    private const int Connections = 5000;

    internal static async Task<Aim[]> RunAsync(OurServers ours)
    {
        var our = await MeasureAsync(() => ours.Start("ours"));
        var bare = await MeasureAsync(OurServers.StartBare);
        await MeasureAsync(() => PythonServers.StartMailbox());
        return
        [
            new Aim($"KiB of an idle connection of {Connections}, above bare", our, bare, our - bare, 3, IsLeast: false),
            new Aim($"KiB of an idle connection of {Connections}", our, null, our, 16, IsLeast: false),
        ];
    }

    private static async Task<double> MeasureAsync(Func<LoadedServer> start)
    {
        using var server = start();
        var held = await IdleLoad.RunAsync(server.Mailbox!, server.Figures, Connections);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {server.Name}: {held:F1} KiB for each of {Connections} idle connections"));
        return held;
    }
}
