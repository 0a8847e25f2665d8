namespace RxWormhole.Testing;

// What becomes of a frame at the end of its way.
internal partial class VirtualLink
{
    private protected void Arrive(bool isFromClient, ReadOnlyMemory<byte> bytes)
    {
        if (!CanArrive(isFromClient))
            return;
        var frame = new VirtualFrame(client.Name, number, isFromClient, bytes);
        if (isFromClient || shuffle is null)
            ArriveInPlace(frame);
        else
            shuffle.Take(frame);
    }

    private void ArriveInPlace(VirtualFrame original)
    {
        if (!CanArrive(original.IsFromClient))
            return;
        if (faults.AreFramesRewritten)
            ArriveRewritten(original);
        else
            Deliver(original);
    }

    private void ArriveRewritten(VirtualFrame original)
    {
        var isLost = true;
        var rewritten = faults.Rewrite(original) ?? throw new InvalidOperationException("LinkFaults.Rewrite gave null; to lose a frame give an empty sequence.");
        foreach (var frame in rewritten)
        {
            if (!CanArrive(original.IsFromClient))
                return;
            isLost = false;
            Deliver(original with { Bytes = frame.Bytes });
        }

        if (isLost)
            rendezvous.NoteLost(original);
    }

    private bool CanArrive(bool isFromClient) => !isSilent && !isGone && connection > 0 && !(isFromClient ? isServerLost : isHungUp);

    private void Deliver(VirtualFrame frame)
    {
        rendezvous.Note(frame);
        var count = client.CountFrame();
        if (frame.IsFromClient)
            rendezvous.Receive(connection, frame.Bytes);
        else
            Hand(frame.Bytes);
        rendezvous.Show(frame);

        if (faults.CutAfter.Contains(count))
            Cut($"cut after frame {count}");
        else if (faults.IsCutBehind(frame))
            Cut($"cut after {frame.Type} {frame.Phase}".TrimEnd());
        else if (faults.SilentAfter.Contains(count))
            Silence();
    }

    // One at a time, and nothing behind the end, though a cut may come from any thread.
    private void Hand(ReadOnlyMemory<byte> frame)
    {
        lock (telling)
        {
            if (!isHungUp && !isGone)
                observer.OnNext(frame);
        }
    }
}
