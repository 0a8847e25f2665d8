using System.Security.Cryptography;

namespace RxWormhole;

/// <summary>Fills a span with random bytes.</summary>
/// <param name="destination">The bytes to fill, all of them.</param>
public delegate void Entropy(Span<byte> destination);

internal static class SystemEntropy
{
#pragma warning disable RS0030 // The edge itself: everybody else asks WormholeOptions.Entropy.
    internal static readonly Entropy Instance = RandomNumberGenerator.Fill;
#pragma warning restore RS0030

    internal static byte[] Draw(this Entropy entropy, int length)
    {
        var bytes = new byte[length];
        entropy(bytes);
        return bytes;
    }

    // Uniform in [0, 1).
    internal static double Fraction(this Entropy entropy) => (BitConverter.ToUInt64(entropy.Draw(8)) >> 11) * (1.0 / (1UL << 53));
}
