using System.Globalization;

namespace RxWormhole.Protocol;

/// <summary>Which nameplate a server gives out.</summary>
/// <remarks>Source: codes and words, section 1.3: the shortest length with a free one wins, random within that length. <c>0</c> is never given out.</remarks>
public static class NameplateAllocation
{
    // Names are listed out up to three digits. Beyond, the first free one after a random place is taken.
    private const int LongestListed = 3;
    private const int Longest = 9;

    /// <summary>Chooses a free nameplate.</summary>
    /// <param name="isTaken">Says whether a name is in use in this application.</param>
    /// <param name="random">64 random bits.</param>
    /// <returns>The name; null only where all of the billion names are in use.</returns>
    public static string? Choose(Func<string, bool> isTaken, ulong random)
    {
        ArgumentNullException.ThrowIfNull(isTaken);
        long first = 1;
        for (var digits = 1; digits <= Longest; digits++, first *= 10)
        {
            var count = first * 9;
            var chosen = digits <= LongestListed ? FromList(first, count, isTaken, random) : FromPlace(first, count, isTaken, random);
            if (chosen is not null)
                return chosen;
        }

        return null;
    }

    private static string? FromList(long first, long count, Func<string, bool> isTaken, ulong random)
    {
        var free = new List<string>();
        for (var number = first; number < first + count; number++)
        {
            if (!isTaken(Name(number)))
                free.Add(Name(number));
        }

        return free.Count == 0 ? null : free[(int)(random % (ulong)free.Count)];
    }

    private static string? FromPlace(long first, long count, Func<string, bool> isTaken, ulong random)
    {
        var start = (long)(random % (ulong)count);
        for (long step = 0; step < count; step++)
        {
            var name = Name(first + (start + step) % count);
            if (!isTaken(name))
                return name;
        }

        return null;
    }

    private static string Name(long number) => number.ToString(CultureInfo.InvariantCulture);
}
