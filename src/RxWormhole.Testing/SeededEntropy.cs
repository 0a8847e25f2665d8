using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace RxWormhole.Testing;

/// <summary>Randomness that is the same in every run, for tests. Never use it for a real session: its keys can be guessed.</summary>
public static class SeededEntropy
{
    /// <summary>Makes a source; two of the same seed give the same bytes. It may be used by several threads at once.</summary>
    /// <param name="seed">Any number.</param>
    public static Entropy Create(int seed) => Create(seed, "");

    /// <summary>Makes one of the sources of a seed: those of other names, or of other seeds, have nothing in common with it.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="name">Any text, for instance the name of a client.</param>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    public static Entropy Create(int seed, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var gate = new Lock();
        // seed[4] || block[8] || name: unlike for every other source, block by block.
        var input = new byte[12 + Encoding.UTF8.GetByteCount(name)];
        BinaryPrimitives.WriteInt32LittleEndian(input, seed);
        Encoding.UTF8.GetBytes(name, input.AsSpan(12));
        long block = 0;
        return destination =>
        {
            lock (gate)
                Fill(destination, input, ref block);
        };
    }

    private static void Fill(Span<byte> destination, Span<byte> input, ref long block)
    {
        Span<byte> output = stackalloc byte[SHA256.HashSizeInBytes];
        while (!destination.IsEmpty)
        {
            BinaryPrimitives.WriteInt64LittleEndian(input[4..], block++);
            SHA256.HashData(input, output);
            var count = Math.Min(destination.Length, output.Length);
            output[..count].CopyTo(destination);
            destination = destination[count..];
        }
    }
}
