using System.Globalization;

namespace RxWormhole.Benchmarks.Load;

/// <summary>A process seen from outside: what the kernel says it has used.</summary>
internal sealed class ProcessFigures(int pid)
{
    // USER_HZ, which Linux fixes at 100 for everything in /proc whatever the kernel's own clock is.
    private const double TicksPerSecond = 100;

    /// <summary>The seconds of processor time it has used so far: its own and the kernel's for it, of all its threads.</summary>
    internal double CpuSeconds => Seconds(14);

    /// <summary>The seconds of processor time that the processes had used which it started and which are gone.</summary>
    internal double ChildrenCpuSeconds => Seconds(16);

    /// <summary>The memory it has in use, in KiB; what it shares with other processes counts by its share.</summary>
    internal long MemoryKilobytes
    {
        get
        {
            var line = Read("smaps_rollup").Split('\n').First(each => each.StartsWith("Pss:", StringComparison.Ordinal));
            return long.Parse(line["Pss:".Length..^"kB".Length].Trim(), CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Waits until its memory neither grows nor shrinks by more than a hundredth in two seconds, and gives it in KiB.</summary>
    internal async Task<long> SettledMemoryAsync()
    {
        var deadline = DateTime.UtcNow.AddSeconds(30);
        for (var before = MemoryKilobytes; ;)
        {
            await Task.Delay(TimeSpan.FromSeconds(2));
            var now = MemoryKilobytes;
            if (Math.Abs(now - before) * 100 < before || DateTime.UtcNow > deadline)
                return now;
            before = now;
        }
    }

    // The kernel's number of a field and of the one behind it. The name, in brackets, may have spaces; the third field comes after the bracket.
    private double Seconds(int field)
    {
        var stat = Read("stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (Ticks(fields[field - 3]) + Ticks(fields[field - 2])) / TicksPerSecond;
    }

    private static double Ticks(string field) => double.Parse(field, CultureInfo.InvariantCulture);

    private string Read(string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/{file}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LoadException($"Process {pid} cannot be watched ({exception.Message}); this needs Linux and a process of one's own.");
        }
    }
}
