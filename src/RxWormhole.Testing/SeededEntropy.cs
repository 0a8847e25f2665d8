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
        var source = new Source(seed, name);
        return source.Fill;
    }

    // A session on a virtual clock draws often and little: no byte of a hash is thrown away.
    private sealed class Source
    {
        private readonly Lock gate = new();
        private readonly byte[] input;
        private readonly byte[] output = new byte[SHA512.HashSizeInBytes];
        private int used = SHA512.HashSizeInBytes;
        private long block;

        internal Source(int seed, string name)
        {
            // seed[4] || block[8] || name: unlike for every other source, block by block.
            input = new byte[12 + Encoding.UTF8.GetByteCount(name)];
            BinaryPrimitives.WriteInt32LittleEndian(input, seed);
            Encoding.UTF8.GetBytes(name, input.AsSpan(12));
        }

        internal void Fill(Span<byte> destination)
        {
            lock (gate)
            {
                while (!destination.IsEmpty)
                {
                    if (used == output.Length)
                        Hash();
                    var count = Math.Min(destination.Length, output.Length - used);
                    output.AsSpan(used, count).CopyTo(destination);
                    used += count;
                    destination = destination[count..];
                }
            }
        }

        private void Hash()
        {
            BinaryPrimitives.WriteInt64LittleEndian(input.AsSpan(4), block++);
            SHA512.HashData(input, output);
            used = 0;
        }
    }
}
