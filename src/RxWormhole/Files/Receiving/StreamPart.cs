namespace RxWormhole;

/// <summary>Some bytes of a stream that can seek, as a stream to read once. The whole stays open.</summary>
internal sealed class StreamPart(Stream whole, long start, long length) : ForwardStream(length)
{
    protected override ValueTask<int> ReadNextAsync(Memory<byte> buffer, CancellationToken cancelled)
    {
        whole.Position = start + Position;
        return whole.ReadAsync(buffer[..(int)Math.Min(buffer.Length, Length - Position)], cancelled);
    }
}
