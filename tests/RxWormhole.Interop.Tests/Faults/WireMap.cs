namespace RxWormhole.Interop.Tests.Faults;

/// <summary>Where in a stream of WebSocket frames a byte is. The head of the request or of the answer counts as frame 0.</summary>
internal sealed class WireMap
{
    private readonly byte[] mask = new byte[4];
    private int headerLength = int.MaxValue;
    private int newLines;
    private long length;

    /// <summary>Which frame the last byte belongs to.</summary>
    internal int Frame { get; private set; }

    /// <summary>Where in the frame it is.</summary>
    internal long At { get; private set; } = -1;

    /// <summary>How long the frame is, or null where that is not known yet.</summary>
    internal long? Length => Frame > 0 && At >= headerLength - 1 ? headerLength + length : null;

    /// <summary>Where in what the frame says it is; negative in the header.</summary>
    internal long PayloadAt => Frame == 0 ? At : At - headerLength;

    /// <summary>Whether the frame is masked, once its second byte was there.</summary>
    internal bool HasMask { get; private set; }

    /// <summary>Whether it is the last byte of the frame.</summary>
    internal bool IsLast { get; private set; }

    /// <summary>What it means; null for a byte of a frame's header.</summary>
    internal byte? Plain { get; private set; }

    internal void Feed(byte next)
    {
        if (IsLast)
            (Frame, At, headerLength, length, HasMask, IsLast) = (Frame + 1, -1, int.MaxValue, 0, false, false);
        At++;
        Plain = null;
        if (Frame == 0)
            FeedHead(next);
        else if (At < headerLength)
            FeedHeader(next);
        else
            Plain = HasMask ? (byte)(next ^ mask[(At - headerLength) % 4]) : next;
        if (Frame > 0)
            IsLast = At >= headerLength - 1 && At == headerLength + length - 1;
    }

    private void FeedHead(byte next)
    {
        Plain = next;
        newLines = next == '\n' ? newLines + 1 : next == '\r' ? newLines : 0;
        IsLast = newLines == 2;
    }

    // first[1] || mask and length[1] || longer length[0, 2 or 8] || mask[0 or 4]
    private void FeedHeader(byte next)
    {
        if (At == 1)
        {
            HasMask = (next & 0x80) != 0;
            length = next & 0x7f;
            headerLength = 2 + (length == 126 ? 2 : length == 127 ? 8 : 0) + (HasMask ? 4 : 0);
            length = length >= 126 ? 0 : length;
        }
        else if (At > 1 && HasMask && At >= headerLength - 4)
        {
            mask[At - headerLength + 4] = next;
        }
        else if (At > 1)
        {
            length = (length << 8) | next;
        }
    }
}
