using System.Diagnostics.CodeAnalysis;

namespace RxWormhole.Protocol;

// nonce[24] || tag[16] || ciphertext: NaCl secretbox (key exchange, section 3.7)
internal static class SealedBody
{
    internal const int Overhead = Libsodium.NonceLength + Libsodium.TagLength;

    internal static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext)
    {
        var body = new byte[Overhead + plaintext.Length];
        nonce.CopyTo(body);
        _ = Libsodium.Seal(body.AsSpan(Libsodium.NonceLength), plaintext, (ulong)plaintext.Length, nonce, key);
        return body;
    }

    internal static bool TryOpen(ReadOnlySpan<byte> key, ReadOnlySpan<byte> body, [NotNullWhen(true)] out byte[]? plaintext)
    {
        plaintext = null;
        if (body.Length < Overhead)
            return false;
        var opened = new byte[body.Length - Overhead];
        var box = body[Libsodium.NonceLength..];
        if (Libsodium.Open(opened, box, (ulong)box.Length, body, key) != 0)
            return false;
        plaintext = opened;
        return true;
    }
}
