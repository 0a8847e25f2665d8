using System.Globalization;

namespace RxWormhole.Protocol;

// The tables of NfcData.txt, read at the first text that is not plain. Look-ups only: their order is never seen.
internal static class NfcData
{
    private static readonly SortedDictionary<int, int> Classes = [];

    internal static readonly SortedDictionary<int, int[]> Decompositions = [];
    internal static readonly SortedDictionary<(int First, int Second), int> Compositions = [];

    static NfcData()
    {
        using var resource = typeof(NfcData).Assembly.GetManifestResourceStream("NfcData.txt")!;
        using var reader = new StreamReader(resource);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;
            if (line.Contains("..", StringComparison.Ordinal))
                AddClass(line);
            else
                AddDecomposition(line);
        }
    }

    internal static int Class(int point) => Classes.GetValueOrDefault(point);

    // 0300..0314 230
    private static void AddClass(string line)
    {
        var fields = line.Split(["..", " "], StringSplitOptions.None);
        for (var point = Point(fields[0]); point <= Point(fields[1]); point++)
            Classes.Add(point, int.Parse(fields[2], CultureInfo.InvariantCulture));
    }

    // 00C0 = 0041 0300    or    !0340 = 0300
    private static void AddDecomposition(string line)
    {
        var fields = line.TrimStart('!').Split(" = ");
        var parts = fields[1].Split(' ').Select(Point).ToArray();
        Decompositions.Add(Point(fields[0]), parts);
        if (line[0] != '!')
            Compositions.Add((parts[0], parts[1]), Point(fields[0]));
    }

    private static int Point(string hex) => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
