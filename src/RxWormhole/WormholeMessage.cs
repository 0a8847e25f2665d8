using System.Text;

namespace RxWormhole;

/// <summary>A message from the other side.</summary>
/// <param name="Index">Its number, from 0 without gaps. After a restore a message may come again, and then with the same index.</param>
/// <param name="Bytes">Its content.</param>
public sealed record WormholeMessage(int Index, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The content as UTF-8 text; what is no UTF-8 is replaced by U+FFFD. It comes from somebody else: treat it so.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes.Span);

    /// <summary>The index and the length: a message may be private.</summary>
    public override string ToString() => $"message {Index}, {Bytes.Length} bytes";
}
