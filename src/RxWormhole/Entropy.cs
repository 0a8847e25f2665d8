using System.Security.Cryptography;
using Sodium;

namespace RxWormhole;

/// <summary>Fills a span with random bytes.</summary>
/// <param name="destination">The bytes to fill, all of them.</param>
public delegate void Entropy(Span<byte> destination);

internal static class SystemEntropy
{
    internal static readonly Entropy Instance = Fill;

    // Both ask the operating system, but RandomNumberGenerator loads OpenSSL first, for which a program that only starts a session would wait as long
    // as for its own start. libsodium is needed anyway.
    private static void Fill(Span<byte> destination)
    {
        SodiumCore.Init();
        var bytes = SodiumCore.GetRandomBytes(destination.Length);
        bytes.CopyTo(destination);
        CryptographicOperations.ZeroMemory(bytes);
    }

    internal static byte[] Draw(this Entropy entropy, int length)
    {
        var bytes = new byte[length];
        entropy(bytes);
        return bytes;
    }

    // Uniform in [0, 1).
    internal static double Fraction(this Entropy entropy) => (BitConverter.ToUInt64(entropy.Draw(8)) >> 11) * (1.0 / (1UL << 53));
}
