using System.Text;
using RxWormhole.Protocol;

namespace RxWormhole.Testing;

/// <summary>A frame on its way between a client and the virtual server.</summary>
/// <param name="Client">The client's name.</param>
/// <param name="Link">The number of the link, from 1 for the client's first.</param>
/// <param name="IsFromClient">Whether it goes to the server.</param>
/// <param name="Bytes">Its content.</param>
public readonly record struct VirtualFrame(string Client, int Link, bool IsFromClient, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The content as text: a JSON object, unless somebody rewrote it.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes.Span);

    /// <summary>The message's type, such as <c>add</c> or <c>message</c>, or null where the frame has none.</summary>
    public string? Type => MessageCodec.ReadCommand(Bytes.Span).Type;

    /// <summary>The phase of an <c>add</c> or a <c>message</c>: <c>pake</c>, <c>version</c>, or a number for what the application sent. Null for all others.</summary>
    public string? Phase =>
        MessageCodec.ReadCommand(Bytes.Span).Message is ClientMessage.Add add ? add.Phase
        : MessageCodec.TryRead(Bytes.Span, out var message, out _) && message is ServerMessage.Message added ? added.Phase
        : null;

    /// <summary>The same frame with another text.</summary>
    /// <param name="text">The text, any.</param>
    /// <exception cref="ArgumentNullException">The text is null.</exception>
    public VirtualFrame With(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return this with { Bytes = Encoding.UTF8.GetBytes(text) };
    }
}
