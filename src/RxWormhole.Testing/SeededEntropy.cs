using System.Buffers.Binary;
using System.Security.Cryptography;

namespace RxWormhole.Testing;

/// <summary>Randomness that is the same in every run, for tests. Never use it for a real session: its keys can be guessed.</summary>
public static class SeededEntropy
{
    /// <summary>Makes a source; two of the same seed give the same bytes. It may be used by several threads at once.</summary>
    /// <param name="seed">Any number.</param>
    public static Entropy Create(int seed)
    {
        var gate = new Lock();
        long block = 0;
        return destination =>
        {
            lock (gate)
                Fill(destination, seed, ref block);
        };
    }

    private static void Fill(Span<byte> destination, int seed, ref long block)
    {
        Span<byte> input = stackalloc byte[12];
        Span<byte> output = stackalloc byte[SHA256.HashSizeInBytes];
        while (!destination.IsEmpty)
        {
            BinaryPrimitives.WriteInt32LittleEndian(input, seed);
            BinaryPrimitives.WriteInt64LittleEndian(input[4..], block++);
            SHA256.HashData(input, output);
            var count = Math.Min(destination.Length, output.Length);
            output[..count].CopyTo(destination);
            destination = destination[count..];
        }
    }
}
