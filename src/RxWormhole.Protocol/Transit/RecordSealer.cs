using System.Buffers.Binary;

namespace RxWormhole.Protocol;

/// <summary>Seals the records of one direction, one after the other. Its key is wiped when it is disposed of.</summary>
/// <remarks>Source: transit, section 4.7. Not for several threads at once.</remarks>
public sealed class RecordSealer : IDisposable
{
    /// <summary>The bytes in front of what a record holds: length, nonce and tag.</summary>
    public const int Overhead = LengthBytes + Libsodium.NonceLength + Libsodium.TagLength;

    internal const int LengthBytes = 4;

    /// <summary>The smallest length a record may announce: nonce and tag, and nothing in it.</summary>
    internal const int LeastLength = Libsodium.NonceLength + Libsodium.TagLength;

    private readonly SecretBytes key;
    private RecordNonce nonce;
    private bool isDisposed;

    /// <summary>Takes a copy of the key.</summary>
    /// <param name="key">32 bytes: <see cref="TransitKeys.RecordKey"/> of the side that writes.</param>
    /// <exception cref="ArgumentException">The length is not 32.</exception>
    public RecordSealer(ReadOnlySpan<byte> key)
        : this(key, 0)
    {
    }

    internal RecordSealer(ReadOnlySpan<byte> key, UInt128 firstNonce)
    {
        if (key.Length != Libsodium.BoxKeyLength)
            throw new ArgumentException($"A record key has {Libsodium.BoxKeyLength} bytes.", nameof(key));
        Libsodium.EnsureInitialized();
        this.key = new SecretBytes(key);
        nonce = new RecordNonce(firstNonce);
    }

    /// <summary>Seals a record where it stands.</summary>
    /// <param name="record"><see cref="Overhead"/> bytes of room, and behind them what the record holds; in the end the record as it is sent.</param>
    /// <exception cref="ArgumentException">There is no room.</exception>
    public void Seal(Span<byte> record)
    {
        if (record.Length < Overhead)
            throw new ArgumentException($"A record begins with {Overhead} bytes of room.", nameof(record));
        // A zeroed key would seal nothing.
        ObjectDisposedException.ThrowIf(isDisposed, this);

        // length[4, big-endian, of the rest] || nonce[24] || tag[16] || ciphertext
        BinaryPrimitives.WriteInt32BigEndian(record, record.Length - LengthBytes);
        var number = record.Slice(LengthBytes, Libsodium.NonceLength);
        nonce.Write(number);
        nonce.Advance();
        var body = record[Overhead..];
        _ = Libsodium.SealDetached(body, record[(LengthBytes + Libsodium.NonceLength)..], body, (ulong)body.Length, number, key.Span);
    }

    /// <summary>Wipes the key.</summary>
    public void Dispose()
    {
        isDisposed = true;
        key.Dispose();
    }
}
