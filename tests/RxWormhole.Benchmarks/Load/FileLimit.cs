using System.Globalization;

namespace RxWormhole.Benchmarks.Load;

/// <summary>How many connections a process may have.</summary>
internal static class FileLimit
{
    // For everything that is not one of the connections.
    private const int Others = 300;

    /// <summary>Says so beforehand where there may not be as many as are wanted, here or in a server that was started from here.</summary>
    internal static void Check(int connections)
    {
        // .NET and the Python server raise the soft limit to the hard one by themselves.
        const string Name = "Max open files";
        if (!File.Exists("/proc/self/limits"))
            return;
        var line = File.ReadLines("/proc/self/limits").FirstOrDefault(each => each.StartsWith(Name, StringComparison.Ordinal));
        var hard = line?[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        if (int.TryParse(hard, CultureInfo.InvariantCulture, out var limit) && limit < connections + Others)
            throw new LoadException($"{connections} connections take as many file descriptors and some more; the limit is {limit} (ulimit -Hn).");
    }
}
