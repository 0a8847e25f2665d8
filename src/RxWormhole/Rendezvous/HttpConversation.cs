using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>What a link over HTTP is made of: requests that each begin as the link did, and answers of which only the news is handed on. Pure.</summary>
/// <remarks>
/// Source: docs/http-link.md. Every request is a connection of its own to the server: it shows the permission, binds and opens again, and leaves out the
/// messages that were heard, all but the last one. If that one does not come back as it was, the server lost the mailbox between two requests, where a
/// WebSocket would have been cut; then the link is lost, and the next one looks at everything.
/// </remarks>
internal sealed class HttpConversation
{
    private readonly SortedSet<string> ownPhases = new(StringComparer.Ordinal);
    private ReadOnlyMemory<byte>? permission;
    private ReadOnlyMemory<byte>? bind;
    private ClientMessage.Open? open;
    private string? side;
    private int heard;
    private FrameHead last;
    private bool isWelcomed;

    // Of the request that is under way.
    private int commands;
    private int repeated;
    private int opening;
    private int acks;
    private bool isReplay;
    private bool awaitsLast;

    /// <summary>Whether the link listens to a mailbox, so that there may be news at any time.</summary>
    internal bool Listens => open is not null;

    /// <summary>Makes the next request.</summary>
    /// <param name="frames">What is to be sent.</param>
    internal byte[] Ask(IReadOnlyList<ReadOnlyMemory<byte>> frames)
    {
        var all = new List<ReadOnlyMemory<byte>>(frames.Count + 3);
        if (permission is { } shown)
            all.Add(shown);
        if (bind is { } bound)
            all.Add(bound);
        (acks, opening, isReplay, awaitsLast) = (0, -1, false, false);
        if (open is not null)
        {
            opening = all.Count;
            awaitsLast = heard > 0;
            all.Add(MessageCodec.Write(heard > 1 ? open with { Since = heard - 1 } : open));
        }

        repeated = all.Count;
        foreach (var frame in frames)
            Send(frame, all);
        commands = all.Count;
        return Join(all);
    }

    /// <summary>Takes a message of the answer.</summary>
    /// <returns>Whether the link has not said it before.</returns>
    /// <exception cref="LinkException">The link is lost.</exception>
    internal bool IsNews(ReadOnlySpan<byte> frame)
    {
        if (!FrameHead.TryRead(frame, out var head))
            throw new LinkException("the server's answer holds what is no message");
        switch (head.Type)
        {
            case "welcome":
                (var isFirst, isWelcomed) = (!isWelcomed, true);
                return isFirst;
            case "ack":
                EndReplay();
                isReplay = acks == opening;
                return acks++ >= repeated;
            case "message":
                return IsNews(head);
            case "error" when acks - 1 == opening:
                awaitsLast = false;
                return true;
            case "error" when acks <= repeated:
                throw new LinkException($"the server does not take any more what the link began with: {head.Error}");
            default:
                return true;
        }
    }

    /// <summary>The answer is over.</summary>
    /// <exception cref="LinkException">It is not whole.</exception>
    internal void End()
    {
        EndReplay();
        if (acks < commands)
            throw new LinkException($"the server answered {acks} of {commands} messages");
    }

    private void Send(ReadOnlyMemory<byte> frame, List<ReadOnlyMemory<byte>> all)
    {
        FrameHead.TryRead(frame.Span, out var head);
        switch (head.Type)
        {
            case "submit-permissions":
                permission = frame;
                break;
            case "bind":
                (bind, side) = (frame, head.Side);
                break;
            case "open":
                (open, opening, heard) = (MessageCodec.ReadCommand(frame.Span).Message as ClientMessage.Open, all.Count, 0);
                break;
            case "close":
                // To open it again would bring it back.
                open = null;
                break;
        }

        all.Add(frame);
    }

    // The mailbox is played back behind the ack of `open`; from then on messages come in the order of the mailbox as well. Only an `add` that the server
    // had before is echoed out of that order: such a phase was heard before.
    private bool IsNews(FrameHead message)
    {
        if (isReplay && awaitsLast)
        {
            if (message != last)
                throw Lost();
            awaitsLast = false;
            return false;
        }

        var isOwn = message.Side == side && message.Phase is not null;
        if (!isReplay && isOwn && ownPhases.Contains(message.Phase!))
            return true;
        if (isOwn)
            ownPhases.Add(message.Phase!);
        heard++;
        last = message;
        return true;
    }

    private void EndReplay()
    {
        if (isReplay && awaitsLast)
            throw Lost();
        isReplay = false;
    }

    private static LinkException Lost() => new("the server lost the mailbox");

    private static byte[] Join(List<ReadOnlyMemory<byte>> frames)
    {
        var body = new byte[1 + Math.Max(1, frames.Count) + frames.Sum(frame => frame.Length)];
        var at = 0;
        foreach (var frame in frames)
        {
            body[at++] = at == 1 ? (byte)'[' : (byte)',';
            frame.Span.CopyTo(body.AsSpan(at));
            at += frame.Length;
        }

        if (frames.Count == 0)
            body[at++] = (byte)'[';
        body[at] = (byte)']';
        return body;
    }
}
