using RxWormhole.Testing;

namespace RxWormhole.Simulation;

/// <summary>How far a client's newest link has come, as its frames show.</summary>
internal sealed class LinkProgress
{
    private int link;
    private bool isBound;
    private bool isAllocating;
    private bool isClaiming;
    private bool isReleasing;
    private bool isClosing;
    private bool isOpening;
    private bool hasMailbox;
    private int unechoed;

    /// <summary>Where a link is: one of which no frame has come is being made.</summary>
    /// <param name="newest">The number of the client's newest link.</param>
    internal LossRow RowOf(int newest) =>
        newest != link ? LossRow.Dialling :
        isClosing ? LossRow.Closing :
        isReleasing ? LossRow.Releasing :
        isOpening ? LossRow.Opening :
        unechoed > 0 ? LossRow.Adding :
        isClaiming ? LossRow.Claiming :
        isAllocating ? LossRow.Allocating :
        hasMailbox ? LossRow.Waiting :
        isBound ? LossRow.Bound :
        LossRow.Dialling;

    internal void On(VirtualFrame frame)
    {
        if (frame.Link != link)
            Begin(frame.Link);
        var bytes = frame.Bytes.Span;
        if (frame.IsFromClient)
            OnCommand(bytes);
        else
            OnAnswer(bytes);
    }

    // Whose echo it is that comes back does not matter here: what belongs to the other side makes a row that is Adding look like one that is Waiting.
    private void OnCommand(ReadOnlySpan<byte> bytes)
    {
        if (Is(bytes, "bind"u8))
            isBound = true;
        else if (Is(bytes, "allocate"u8))
            isAllocating = true;
        else if (Is(bytes, "claim"u8))
            isClaiming = true;
        else if (Is(bytes, "release"u8))
            isReleasing = true;
        else if (Is(bytes, "open"u8))
            (isOpening, hasMailbox) = (true, true);
        else if (Is(bytes, "add"u8))
            unechoed++;
        else if (Is(bytes, "close"u8))
            isClosing = true;
    }

    private void OnAnswer(ReadOnlySpan<byte> bytes)
    {
        if (Is(bytes, "allocated"u8))
            isAllocating = false;
        else if (Is(bytes, "claimed"u8))
            isClaiming = false;
        else if (Is(bytes, "released"u8))
            isReleasing = false;
        else if (Is(bytes, "closed"u8))
            isClosing = false;
        else if (Is(bytes, "pong"u8))
            isOpening = false;
        else if (Is(bytes, "message"u8) && unechoed > 0)
            unechoed--;
    }

    private void Begin(int number)
    {
        link = number;
        isBound = isAllocating = isClaiming = isReleasing = isClosing = isOpening = hasMailbox = false;
        unechoed = 0;
    }

    private static bool Is(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> type)
    {
        var at = frame.IndexOf("\"type\":\""u8);
        return at >= 0 && frame[(at + 8)..].StartsWith(type) && frame[at + 8 + type.Length] == (byte)'"';
    }
}
