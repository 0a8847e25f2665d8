using System.Globalization;

namespace RxWormhole.Protocol;

/// <summary>Which nameplate a server gives out.</summary>
/// <remarks>Source: codes and words, section 1.3: the shortest length with a free one wins, random within that length. <c>0</c> is never given out.</remarks>
public static class NameplateAllocation
{
    private const int Longest = 9;

    // So often a name is drawn. If even then none was free, few are, and they are gone through from the last one drawn.
    private const int Draws = 16;

    /// <summary>Chooses a free nameplate.</summary>
    /// <param name="countTaken">Counts the names of a length, in digits, that are in use in this application; those that begin with 0 do not count.</param>
    /// <param name="isTaken">Says whether a name is in use.</param>
    /// <param name="random">64 random bits.</param>
    /// <returns>The name; null only where all of the billion names are in use.</returns>
    public static string? Choose(Func<int, long> countTaken, Func<string, bool> isTaken, ulong random)
    {
        ArgumentNullException.ThrowIfNull(countTaken);
        ArgumentNullException.ThrowIfNull(isTaken);
        long first = 1;
        for (var digits = 1; digits <= Longest; digits++, first *= 10)
        {
            var count = first * 9;
            if (countTaken(digits) < count)
                return Choose(first, count, isTaken, random);
        }

        return null;
    }

    private static string? Choose(long first, long count, Func<string, bool> isTaken, ulong random)
    {
        var drawn = 0L;
        for (var draw = 0; draw < Draws; draw++, random = Mix(random))
        {
            drawn = (long)(random % (ulong)count);
            if (!isTaken(Name(first + drawn)))
                return Name(first + drawn);
        }

        for (var step = 1L; step < count; step++)
        {
            var name = Name(first + (drawn + step) % count);
            if (!isTaken(name))
                return name;
        }

        return null;
    }

    // The next of a series of random numbers: SplitMix64.
    private static ulong Mix(ulong state)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            state = (state ^ (state >> 27)) * 0x94D049BB133111EB;
        }

        return state ^ (state >> 31);
    }

    private static string Name(long number) => number.ToString(CultureInfo.InvariantCulture);
}
