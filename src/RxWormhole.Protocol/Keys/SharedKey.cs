using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace RxWormhole.Protocol;

/// <summary>The key both sides share, and everything that is derived from it. Prints nothing; wiped when disposed of.</summary>
/// <remarks>Source: key exchange, sections 3.6 and 3.7.</remarks>
public sealed class SharedKey : IDisposable
{
    /// <summary>The length of the key in bytes.</summary>
    public const int Length = 32;

    /// <summary>The nonce in front of a sealed body, in bytes.</summary>
    public const int NonceLength = Libsodium.NonceLength;

    /// <summary>How much longer a sealed body is than what it holds: nonce and tag.</summary>
    public const int SealedOverhead = SealedBody.Overhead;

    private readonly SecretBytes key;
    private readonly SecretBytes extracted;

    /// <summary>Takes a copy of the key.</summary>
    /// <exception cref="ArgumentException">The length is not 32.</exception>
    public SharedKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != Length)
            throw new ArgumentException($"A shared key has {Length} bytes.", nameof(key));
        Libsodium.EnsureInitialized();
        this.key = new SecretBytes(key);
        Span<byte> pseudoRandom = stackalloc byte[Length];
        KeyDerivation.Extract(key, pseudoRandom);
        extracted = new SecretBytes(pseudoRandom);
        CryptographicOperations.ZeroMemory(pseudoRandom);
    }

    internal ReadOnlySpan<byte> Span => key.Span;

    /// <summary>Derives a key for a purpose: HKDF-SHA256 without salt.</summary>
    /// <param name="purpose">What the key is for; another purpose gives an unrelated key.</param>
    /// <param name="length">1 to <see cref="KeyDerivation.MaxLength"/> bytes.</param>
    public byte[] Derive(ReadOnlySpan<byte> purpose, int length) => KeyDerivation.Expand(extracted.Span, purpose, length);

    /// <summary>Derives a key for a purpose given as text: normalization form C, UTF-8.</summary>
    public byte[] Derive(string purpose, int length) => Derive(Utf8Text.Normalized(purpose), length);

    /// <summary>What two people compare to be sure that nobody is in between. It is no secret.</summary>
    public Verifier Verifier() => new(Derive("wormhole:verifier"u8, RxWormhole.Protocol.Verifier.Length));

    /// <summary>Seals a message for the mailbox.</summary>
    /// <param name="side">The sender's side.</param>
    /// <param name="phase">The phase the body will be added as.</param>
    /// <param name="nonce">24 fresh random bytes.</param>
    /// <param name="plaintext">Any bytes, none included.</param>
    public byte[] Seal(string side, string phase, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext)
    {
        if (nonce.Length != NonceLength)
            throw new ArgumentException($"A nonce has {NonceLength} bytes.", nameof(nonce));

        Span<byte> phaseKey = stackalloc byte[Libsodium.BoxKeyLength];
        DerivePhaseKey(side, phase, phaseKey);
        var body = SealedBody.Seal(phaseKey, nonce, plaintext);
        CryptographicOperations.ZeroMemory(phaseKey);
        return body;
    }

    /// <summary>Opens a sealed message; false where it was sealed with another key, for another side or phase, or was changed on the way.</summary>
    public bool TryOpen(string side, string phase, ReadOnlySpan<byte> body, [NotNullWhen(true)] out byte[]? plaintext)
    {
        Span<byte> phaseKey = stackalloc byte[Libsodium.BoxKeyLength];
        DerivePhaseKey(side, phase, phaseKey);
        var opened = SealedBody.TryOpen(phaseKey, body, out plaintext);
        CryptographicOperations.ZeroMemory(phaseKey);
        return opened;
    }

    /// <summary>Wipes the key.</summary>
    public void Dispose()
    {
        key.Dispose();
        extracted.Dispose();
    }

    /// <summary>Says that there is a key, never which.</summary>
    public override string ToString() => "(shared key)";

    // purpose = "wormhole:phase:" || SHA256(side) || SHA256(phase): raw digests
    internal void DerivePhaseKey(string side, string phase, Span<byte> phaseKey)
    {
        var prefix = "wormhole:phase:"u8;
        Span<byte> purpose = stackalloc byte[prefix.Length + 64];
        prefix.CopyTo(purpose);
        Hash(side, purpose[prefix.Length..]);
        Hash(phase, purpose[(prefix.Length + 32)..]);
        HKDF.Expand(HashAlgorithmName.SHA256, extracted.Span, phaseKey, purpose);
    }

    private static void Hash(string text, Span<byte> digest)
    {
        Span<byte> buffer = stackalloc byte[256];
        if (Encoding.UTF8.TryGetBytes(text, buffer, out var length))
            SHA256.HashData(buffer[..length], digest);
        else
            SHA256.HashData(Encoding.UTF8.GetBytes(text), digest);
    }
}
