namespace RxWormhole.Fuzz;

/// <summary>Makes inputs from those there are. The same seed and the same corpus give the same inputs.</summary>
internal sealed class Mutator(FuzzTarget target, int seed)
{
    // Most changes leave an input that is read far; some go wild.
    private const int MostChanges = 6;

    private readonly Random random = new(seed);
    private readonly Fragments fragments = new(target.Words);

    /// <summary>The next input.</summary>
    internal byte[] Next(IReadOnlyList<byte[]> corpus)
    {
        var input = corpus.Count == 0 || random.Next(50) == 0 ? fragments.Sequence(random) : Pick(corpus);
        for (var changes = 1 + random.Next(MostChanges); changes > 0; changes--)
            input = Change(input, corpus);
        return input.Length <= target.MostLength ? input : input[..target.MostLength];
    }

    private byte[] Pick(IReadOnlyList<byte[]> corpus) => corpus[random.Next(corpus.Count)];

    private byte[] Change(byte[] input, IReadOnlyList<byte[]> corpus)
    {
        var at = random.Next(input.Length + 1);
        var length = Math.Min(input.Length - at, 1 + random.Next(random.Next(4) == 0 ? 64 : 4));
        switch (random.Next(16))
        {
            case 0 or 1 when input.Length > 0:
                return Altered(input, each => (byte)(each ^ (1 << random.Next(8))));
            case 2 when input.Length > 0:
                return Altered(input, _ => Fragments.Byte(random));
            case 3 when input.Length > 0:
                return Altered(input, each => (byte)(each + random.Next(-4, 5)));
            case 4:
                return Replace(input, at, length, []);
            case 5:
                return Replace(input, at, 0, fragments.Any(random));
            case 6:
                return Replace(input, at, length, fragments.Any(random));
            case 7:
                // Many of the same: depth, and whatever grows with a count.
                return Replace(input, at, length, [.. Enumerable.Repeat(input[at..(at + length)], 2 + random.Next(random.Next(8) == 0 ? 200 : 3)).SelectMany(each => each)]);
            case 8:
                return input[..at];
            case 9 when corpus.Count > 0:
                var other = Pick(corpus);
                return [.. input[..at], .. other[random.Next(other.Length + 1)..]];
            case 10 when corpus.Count > 0:
                var from = Pick(corpus);
                var start = random.Next(from.Length + 1);
                return Replace(input, at, length, from[start..Math.Min(from.Length, start + 1 + random.Next(32))]);
            case 11 when input.Length >= 4:
                return fragments.WithNumber(input, random);
            default:
                return JsonMutation.Change(input, corpus.Count == 0 ? [] : Pick(corpus), fragments, random);
        }
    }

    private byte[] Altered(byte[] input, Func<byte, byte> alter)
    {
        var at = random.Next(input.Length);
        var altered = input.ToArray();
        altered[at] = alter(altered[at]);
        return altered;
    }

    private byte[] Replace(byte[] input, int at, int length, byte[] by)
    {
        var room = Math.Max(0, target.MostLength - input.Length + length);
        return [.. input[..at], .. by.AsSpan(0, Math.Min(by.Length, room)), .. input[(at + length)..]];
    }
}
