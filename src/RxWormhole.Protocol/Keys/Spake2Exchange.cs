using System.Security.Cryptography;

namespace RxWormhole.Protocol;

/// <summary>One side of a key exchange that has begun: its message, and the way to the key once the other side's message is there.</summary>
public sealed class Spake2Exchange : IDisposable
{
    private readonly SecretBytes scalar;
    private readonly SecretBytes blind;
    private readonly byte[] passwordHash;
    private readonly byte[] message;

    internal Spake2Exchange(ReadOnlySpan<byte> password, SecretBytes scalar)
    {
        Libsodium.EnsureInitialized();
        this.scalar = scalar;
        passwordHash = SHA256.HashData(password);

        // X = x·G + w·S; message = 'S' || enc(X)
        Span<byte> public_ = stackalloc byte[Libsodium.PointLength];
        Span<byte> blinding = stackalloc byte[Libsodium.PointLength];
        using var passwordScalar = Spake2.PasswordScalar(password);
        message = new byte[Spake2.MessageLength];
        message[0] = Spake2.SideByte;
        if (Libsodium.MultiplyBase(public_, scalar.Span) != 0 ||
            Libsodium.Multiply(blinding, passwordScalar.Span, Spake2.Blinding) != 0 ||
            Libsodium.Add(message.AsSpan(1), public_, blinding) != 0)
        {
            throw new CryptographicException("The key exchange could not begin: the secret scalar is not usable.");
        }

        blind = new SecretBytes(blinding);
        CryptographicOperations.ZeroMemory(blinding);
    }

    /// <summary>Our message: 33 bytes, the letter <c>S</c> and the point.</summary>
    public ReadOnlyMemory<byte> Message => message;

    /// <summary>Computes the shared key, which is unproven: only a sealed message of the peer shows that it has the same.</summary>
    /// <param name="theirs">The peer's message, untrusted.</param>
    /// <param name="appId">The application id, as <see cref="Utf8Text.Normalized"/> gives it.</param>
    /// <returns>The key, or null where the message is no honest one: wrong length or side, not a canonical point of the right subgroup, the neutral
    /// element, our own message reflected, or the blinding element itself.</returns>
    public SharedKey? Finish(ReadOnlySpan<byte> theirs, ReadOnlySpan<byte> appId)
    {
        if (theirs.Length != Spake2.MessageLength || theirs[0] != Spake2.SideByte || theirs.SequenceEqual(message))
            return null;

        // K = x·(Y − w·S)
        var point = theirs[1..];
        Span<byte> unblinded = stackalloc byte[Libsodium.PointLength];
        Span<byte> product = stackalloc byte[Libsodium.PointLength];
        try
        {
            // The multiplication fails where its input is the neutral element: the peer sent w·S.
            if (Libsodium.IsValidPoint(point) != 1 ||
                Libsodium.Subtract(unblinded, point, blind.Span) != 0 ||
                Libsodium.Multiply(product, scalar.Span, unblinded) != 0)
            {
                return null;
            }

            return Transcript(point, appId, product);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(unblinded);
            CryptographicOperations.ZeroMemory(product);
        }
    }

    /// <summary>Wipes what was derived from the code. The scalar stays the caller's.</summary>
    public void Dispose()
    {
        blind.Dispose();
        CryptographicOperations.ZeroMemory(passwordHash);
    }

    // key = SHA256( SHA256(pw) || SHA256(id) || smaller element || larger element || enc(K) )
    private SharedKey Transcript(ReadOnlySpan<byte> theirs, ReadOnlySpan<byte> appId, ReadOnlySpan<byte> product)
    {
        var ours = message.AsSpan(1);
        var oursFirst = ours.SequenceCompareTo(theirs) < 0;
        Span<byte> transcript = stackalloc byte[5 * 32];
        passwordHash.CopyTo(transcript);
        SHA256.HashData(appId, transcript[32..]);
        (oursFirst ? ours : theirs).CopyTo(transcript[64..]);
        (oursFirst ? theirs : ours).CopyTo(transcript[96..]);
        product.CopyTo(transcript[128..]);

        Span<byte> key = stackalloc byte[SharedKey.Length];
        SHA256.HashData(transcript, key);
        try
        {
            return new SharedKey(key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(transcript);
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
