namespace RxWormhole.Testing;

public sealed partial class VirtualFiles
{
    /// <summary>Writes, within quota and as long as the disk works.</summary>
    internal void Write(VirtualNode node, long position, ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            written += bytes.Length;
            if (written > FailsAfter)
                throw new IOException("The disk failed.");
            Resize(node, Math.Max(node.Length, position + bytes.Length));
            bytes.CopyTo(node.Content.AsSpan((int)position));
            node.Modified = clock.Now;
            node.IsUnflushed = true;
        }
    }

    internal void Flush(VirtualNode node)
    {
        lock (gate)
            node.IsUnflushed = false;
    }

    internal void Resize(VirtualNode node, long length)
    {
        lock (gate)
        {
            if (used + length - node.Length > Quota)
                throw new IOException("No space is left.");
            if (length > node.Content.Length)
            {
                var larger = new byte[Math.Max(length, Math.Min(2L * node.Content.Length, Array.MaxLength))];
                node.Content.AsSpan(0, (int)node.Length).CopyTo(larger);
                node.Content = larger;
            }
            else if (length < node.Length)
            {
                node.Content.AsSpan((int)length, (int)(node.Length - length)).Clear();
            }

            used += length - node.Length;
            node.Length = length;
        }
    }

    internal int Read(VirtualNode node, long position, Span<byte> buffer)
    {
        lock (gate)
        {
            var count = (int)Math.Clamp(node.Length - position, 0, buffer.Length);
            node.Content.AsSpan((int)Math.Min(position, node.Length), count).CopyTo(buffer);
            return count;
        }
    }

    internal void Closed(VirtualNode node, bool wasTaken, bool isNamed)
    {
        lock (gate)
        {
            open--;
            if (wasTaken)
                node.IsTaken = false;
            if (!isNamed)
                used -= node.Length;
        }
    }
}
