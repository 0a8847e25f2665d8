using System.Buffers.Binary;

namespace RxWormhole.Protocol;

/// <summary>Fills a record of a zip file; numbers are little-endian.</summary>
internal struct ZipRecordWriter(int size)
{
    private readonly byte[] bytes = new byte[size];
    private int at;

    internal readonly int Size => bytes.Length;

    internal void U16(ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), value);
        at += 2;
    }

    internal void U32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);
        at += 4;
    }

    internal void U64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at), value);
        at += 8;
    }

    internal void Bytes(byte[] value)
    {
        value.CopyTo(bytes, at);
        at += value.Length;
    }

    internal readonly byte[] Done() => at == bytes.Length ? bytes : throw new InvalidOperationException("A record of the zip file is not as long as it was laid out.");
}
