namespace RxWormhole.Fuzz;

/// <summary>Makes an input smaller as long as something about it stays true.</summary>
internal static class Minimizer
{
    // Enough for some thousand bytes; whoever waits for an answer would rather have it.
    private const int UsualTries = 20_000;

    internal static byte[] Minimize(byte[] input, Func<byte[], bool> stays, int mostTries = UsualTries)
    {
        var tries = 0;
        bool Try(byte[] candidate)
        {
            if (++tries > mostTries || !stays(candidate))
                return false;
            input = candidate;
            return true;
        }

        // Halves, quarters and so on are left out, down to single bytes, until nothing more can be.
        for (var isSmaller = true; isSmaller && tries < mostTries;)
        {
            isSmaller = false;
            for (var length = Math.Max(1, input.Length / 2); length > 0; length /= 2)
            {
                for (var at = 0; at < input.Length && tries < mostTries;)
                {
                    var end = Math.Min(input.Length, at + length);
                    if (Try([.. input[..at], .. input[end..]]))
                        isSmaller = true;
                    else
                        at += length;
                }
            }
        }

        // What is left is as plain as can be.
        for (var at = 0; at < input.Length; at++)
        {
            foreach (var plain in "a0 "u8)
            {
                var candidate = input.ToArray();
                candidate[at] = plain;
                if (input[at] is (byte)'a' or (byte)'0' or (byte)' ' || Try(candidate))
                    break;
            }
        }

        return input;
    }
}
