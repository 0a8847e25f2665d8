namespace RxWormhole;

/// <summary>Puts a frame together from what arrives of it, up to a limit.</summary>
internal sealed class FrameBuffer(int limit)
{
    private const int Start = 4096;

    private byte[] bytes = [];
    private int length;

    internal bool IsEmpty => length == 0;

    /// <summary>Where the next bytes go.</summary>
    /// <exception cref="LinkException">The frame is longer than the limit.</exception>
    internal Memory<byte> Free
    {
        get
        {
            if (length == limit)
                throw new LinkException($"the server sent a frame of more than {limit} bytes") { IsFatal = true };
            if (length == bytes.Length)
                Array.Resize(ref bytes, (int)Math.Min(Math.Max(Start, 2L * bytes.Length), limit));
            return bytes.AsMemory(length);
        }
    }

    internal void Add(int count) => length += count;

    /// <summary>The whole frame, which is the caller's; the buffer is empty again.</summary>
    internal ReadOnlyMemory<byte> Take()
    {
        var frame = bytes.AsMemory(0, length).ToArray();
        length = 0;
        if (bytes.Length > Start)
            bytes = [];
        return frame;
    }
}
