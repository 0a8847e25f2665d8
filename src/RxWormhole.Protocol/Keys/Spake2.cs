using System.Security.Cryptography;

namespace RxWormhole.Protocol;

/// <summary>Symmetric SPAKE2 over Ed25519: two sides that know the same password agree on a key, and whoever listens learns nothing.</summary>
/// <remarks>Source: key exchange, sections 3.2 to 3.4. Everything that touches a secret runs in constant time in libsodium.</remarks>
public static class Spake2
{
    /// <summary>The length of a message on the wire: the letter <c>S</c> and a point.</summary>
    public const int MessageLength = 1 + Libsodium.PointLength;

    /// <summary>How many random bytes <see cref="CreateScalar"/> takes.</summary>
    public const int EntropyLength = Libsodium.WideScalarLength;

    internal const byte SideByte = (byte)'S';

    // The blinding element of the symmetric variant, of unknown discrete logarithm; a test derives it again.
    internal static ReadOnlySpan<byte> Blinding =>
    [
        0x6f, 0x00, 0xda, 0xe8, 0x7c, 0x1b, 0xe1, 0xa7, 0x3b, 0x59, 0x22, 0xef, 0x43, 0x1c, 0xd8, 0xf5,
        0x78, 0x79, 0x56, 0x9c, 0x22, 0x2d, 0x22, 0xb1, 0xcd, 0x71, 0xe8, 0x54, 0x6a, 0xb8, 0xe6, 0xf1,
    ];

    /// <summary>Makes the secret scalar of one exchange. It must never be used for a second one.</summary>
    /// <param name="entropy">64 random bytes from a cryptographic source, read as a big-endian number.</param>
    /// <exception cref="ArgumentException">The length is not 64, or the bytes reduce to zero, which no working source does.</exception>
    public static SecretBytes CreateScalar(ReadOnlySpan<byte> entropy)
    {
        if (entropy.Length != EntropyLength)
            throw new ArgumentException($"The secret scalar is made from {EntropyLength} random bytes.", nameof(entropy));

        var scalar = Reduce(entropy);
        if (scalar.Span.IndexOfAnyExcept((byte)0) < 0)
            throw new ArgumentException("The source of randomness gave a number that is zero.", nameof(entropy));
        return scalar;
    }

    /// <summary>Begins an exchange: computes our message and what is needed to finish.</summary>
    /// <param name="password">The whole code, as <see cref="Utf8Text.Normalized"/> gives it.</param>
    /// <param name="scalar">The secret scalar; it stays the caller's.</param>
    public static Spake2Exchange Start(ReadOnlySpan<byte> password, SecretBytes scalar)
    {
        ArgumentNullException.ThrowIfNull(scalar);
        if (scalar.Length != Libsodium.ScalarLength)
            throw new ArgumentException($"A scalar has {Libsodium.ScalarLength} bytes.", nameof(scalar));
        return new Spake2Exchange(password, scalar);
    }

    internal static SecretBytes PasswordScalar(ReadOnlySpan<byte> password)
    {
        var expanded = KeyDerivation.Derive(password, "SPAKE2 pw"u8, 48);
        var scalar = Reduce(expanded);
        CryptographicOperations.ZeroMemory(expanded);
        return scalar;
    }

    // A big-endian number of up to 64 bytes, modulo the order of the subgroup, as 32 little-endian bytes.
    private static SecretBytes Reduce(ReadOnlySpan<byte> bigEndian)
    {
        Libsodium.EnsureInitialized();
        Span<byte> wide = stackalloc byte[Libsodium.WideScalarLength];
        wide.Clear();
        bigEndian.CopyTo(wide);
        wide[..bigEndian.Length].Reverse();
        Span<byte> reduced = stackalloc byte[Libsodium.ScalarLength];
        Libsodium.ReduceScalar(reduced, wide);
        var scalar = new SecretBytes(reduced);
        CryptographicOperations.ZeroMemory(wide);
        CryptographicOperations.ZeroMemory(reduced);
        return scalar;
    }
}
