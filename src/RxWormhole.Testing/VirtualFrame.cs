using System.Text;

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

    /// <summary>The message's type, or null where the frame has none.</summary>
    public string? Type => Protocol.MessageCodec.ReadCommand(Bytes.Span).Type;

    /// <summary>The same frame with another text.</summary>
    public VirtualFrame With(string text) => this with { Bytes = Encoding.UTF8.GetBytes(text) };
}
