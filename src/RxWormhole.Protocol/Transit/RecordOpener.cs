using System.Buffers.Binary;

namespace RxWormhole.Protocol;

/// <summary>Opens the records of one direction, one after the other. Its key is wiped when it is disposed of.</summary>
/// <remarks>Source: transit, section 4.7. Everything given to it is untrusted. Not for several threads at once.</remarks>
public sealed class RecordOpener : IDisposable
{
    private readonly SecretBytes key;
    private readonly int most;
    private RecordNonce nonce;
    private bool isDisposed;

    /// <summary>Takes a copy of the key.</summary>
    /// <param name="key">32 bytes: <see cref="TransitKeys.RecordKey"/> of the side that writes.</param>
    /// <param name="most">The most bytes a record may hold.</param>
    /// <exception cref="ArgumentException">The length is not 32.</exception>
    public RecordOpener(ReadOnlySpan<byte> key, int most)
    {
        if (key.Length != Libsodium.BoxKeyLength)
            throw new ArgumentException($"A record key has {Libsodium.BoxKeyLength} bytes.", nameof(key));
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, Array.MaxLength - RecordSealer.Overhead);
        Libsodium.EnsureInitialized();
        this.key = new SecretBytes(key);
        this.most = most;
    }

    /// <summary>Reads how long the record is that begins here, before anything of it is kept.</summary>
    /// <param name="received">What has come from the record's beginning on.</param>
    /// <param name="length">The bytes of the whole record as it is sent, <see cref="RecordSealer.Overhead"/> included; 0 where too few have come to tell.</param>
    /// <returns><see cref="RecordFault.None"/>, <see cref="RecordFault.TooShort"/> or <see cref="RecordFault.TooLong"/>.</returns>
    public RecordFault ReadLength(ReadOnlySpan<byte> received, out int length)
    {
        length = 0;
        if (received.Length < RecordSealer.LengthBytes)
            return RecordFault.None;
        var rest = BinaryPrimitives.ReadUInt32BigEndian(received);
        if (rest < RecordSealer.LeastLength)
            return RecordFault.TooShort;
        if (rest > (uint)(RecordSealer.LeastLength + most))
            return RecordFault.TooLong;
        length = RecordSealer.LengthBytes + (int)rest;
        return RecordFault.None;
    }

    /// <summary>Opens a record.</summary>
    /// <param name="record">The whole record, of the length it says itself.</param>
    /// <param name="plaintext">Where what it holds goes: exactly <see cref="RecordSealer.Overhead"/> bytes less. The two may overlap.</param>
    /// <returns><see cref="RecordFault.None"/>, or why it is to be refused; after that nothing more may be opened.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public RecordFault Open(ReadOnlySpan<byte> record, Span<byte> plaintext)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (record.Length < RecordSealer.Overhead || plaintext.Length != record.Length - RecordSealer.Overhead)
            throw new ArgumentException($"What a record holds is {RecordSealer.Overhead} bytes shorter than the record.", nameof(plaintext));

        // length[4, big-endian, of the rest] || nonce[24] || tag[16] || ciphertext
        // The nonce is read to the end, and the plaintext may go where it stands.
        Span<byte> number = stackalloc byte[Libsodium.NonceLength];
        record.Slice(RecordSealer.LengthBytes, Libsodium.NonceLength).CopyTo(number);
        if (!nonce.Is(number))
            return RecordFault.OutOfOrder;
        var tag = record[(RecordSealer.LengthBytes + Libsodium.NonceLength)..];
        if (Libsodium.OpenDetached(plaintext, record[RecordSealer.Overhead..], tag, (ulong)plaintext.Length, number, key.Span) != 0)
            return RecordFault.BrokenSeal;
        nonce.Advance();
        return RecordFault.None;
    }

    /// <summary>Wipes the key.</summary>
    public void Dispose()
    {
        isDisposed = true;
        key.Dispose();
    }
}
