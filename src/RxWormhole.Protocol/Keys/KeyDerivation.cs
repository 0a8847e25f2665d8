using System.Security.Cryptography;

namespace RxWormhole.Protocol;

/// <summary>Keys for purposes: HKDF-SHA256 (RFC 5869) without salt, the purpose as info.</summary>
/// <remarks>Source: key exchange, section 3.6.</remarks>
public static class KeyDerivation
{
    /// <summary>The most bytes that can be derived at once: 255 hashes of 32 bytes.</summary>
    public const int MaxLength = 255 * 32;

    /// <summary>Derives a key from key material of any length.</summary>
    /// <param name="key">The key material.</param>
    /// <param name="purpose">What the key is for; another purpose gives an unrelated key.</param>
    /// <param name="length">1 to <see cref="MaxLength"/> bytes.</param>
    public static byte[] Derive(ReadOnlySpan<byte> key, ReadOnlySpan<byte> purpose, int length)
    {
        Span<byte> extracted = stackalloc byte[SHA256.HashSizeInBytes];
        Extract(key, extracted);
        try
        {
            return Expand(extracted, purpose, length);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(extracted);
        }
    }

    // The slow half depends on the key alone, so whoever derives much from one key keeps its result.
    internal static void Extract(ReadOnlySpan<byte> key, Span<byte> extracted) =>
        // The platform's implementation refuses key material that is a null pointer, which an empty span may be.
        HKDF.Extract(HashAlgorithmName.SHA256, key.IsEmpty ? Array.Empty<byte>() : key, salt: [], extracted);

    internal static byte[] Expand(ReadOnlySpan<byte> extracted, ReadOnlySpan<byte> purpose, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaxLength);
        var derived = GC.AllocateUninitializedArray<byte>(length, pinned: true);
        HKDF.Expand(HashAlgorithmName.SHA256, extracted, derived, purpose);
        return derived;
    }
}
