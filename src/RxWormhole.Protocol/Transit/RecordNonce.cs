using System.Buffers.Binary;

namespace RxWormhole.Protocol;

// A counter of 24 bytes, big-endian, one for each direction. Its upper 8 bytes stay zero: 2^128 records are never sent.
internal struct RecordNonce
{
    private const int CounterBytes = 16;

    private UInt128 next;

    internal RecordNonce(UInt128 first) => next = first;

    internal readonly void Write(Span<byte> nonce)
    {
        nonce[..^CounterBytes].Clear();
        BinaryPrimitives.WriteUInt128BigEndian(nonce[^CounterBytes..], next);
    }

    internal readonly bool Is(ReadOnlySpan<byte> nonce) =>
        !nonce[..^CounterBytes].ContainsAnyExcept((byte)0) && BinaryPrimitives.ReadUInt128BigEndian(nonce[^CounterBytes..]) == next;

    // Checked: a nonce is never used twice.
    internal void Advance() => next = checked(next + UInt128.One);
}
