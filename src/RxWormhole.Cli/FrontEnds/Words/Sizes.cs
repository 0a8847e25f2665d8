using System.Globalization;

namespace RxWormhole.Cli;

/// <summary>Numbers for people.</summary>
internal static class Sizes
{
    private static readonly string[] Units = ["bytes", "kB", "MB", "GB", "TB", "PB", "EB"];

    /// <summary>A number of bytes in the largest unit that fits: <c>999 bytes</c>, <c>1.2 MB</c>. A kilobyte has a thousand.</summary>
    internal static string Of(double bytes)
    {
        var unit = 0;
        // 999.96 would be written 1000.0.
        for (; unit < Units.Length - 1 && bytes >= (unit == 0 ? 999.5 : 999.95); unit++)
            bytes /= 1000;
        return unit == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes:0} {(Math.Round(bytes) == 1 ? "byte" : Units[0])}")
            : string.Create(CultureInfo.InvariantCulture, $"{bytes:0.0} {Units[unit]}");
    }

    /// <summary>A duration: <c>0:07</c>, <c>1:02:03</c>, or days where it takes some.</summary>
    internal static string Of(TimeSpan time) => time switch
    {
        { TotalDays: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:0} days"),
        { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, time.Minutes)}:{Math.Max(0, time.Seconds):00}"),
    };

    /// <summary>How long to wait, in words: <c>4 s</c>, <c>10 min</c>.</summary>
    internal static string Pause(TimeSpan time) => time switch
    {
        { TotalHours: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.#} h"),
        { TotalMinutes: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, Math.Ceiling(time.TotalSeconds)):0} s"),
    };

    /// <summary>So many of something: <c>1 file</c>, <c>3 files</c>.</summary>
    internal static string Count(long number, string noun) => string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");
}
