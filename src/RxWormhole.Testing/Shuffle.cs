using System.Buffers.Binary;

namespace RxWormhole.Testing;

/// <summary>Keeps messages back until no more of them come, and gives them in another order.</summary>
/// <param name="entropy">Chooses the order.</param>
/// <param name="deliver">Gets them.</param>
internal sealed class Shuffle(Entropy entropy, Action<VirtualFrame> deliver)
{
    private readonly List<VirtualFrame> held = [];

    internal void Take(VirtualFrame frame)
    {
        if (frame.Type == "message")
        {
            held.Add(frame);
            return;
        }

        Flush();
        deliver(frame);
    }

    internal void Flush()
    {
        while (held.Count > 0)
        {
            var index = held.Count == 1 ? 0 : Choose(held.Count);
            var frame = held[index];
            held.RemoveAt(index);
            deliver(frame);
        }
    }

    private int Choose(int count)
    {
        Span<byte> random = stackalloc byte[sizeof(uint)];
        entropy(random);
        return (int)(BinaryPrimitives.ReadUInt32LittleEndian(random) % (uint)count);
    }
}
