namespace RxWormhole;

/// <summary>Takes a JSON array of objects as it arrives, and gives each object as soon as it is whole. What is inside of them is not checked.</summary>
/// <param name="maxFrameBytes">The longest object.</param>
/// <param name="frame">Gets each object, which is its own.</param>
internal sealed class JsonArrayReader(int maxFrameBytes, Action<ReadOnlyMemory<byte>> frame)
{
    private readonly FrameBuffer buffer = new(maxFrameBytes);
    private Place place = Place.BeforeArray;
    private int depth;
    private bool isText;
    private bool isEscape;

    private enum Place
    {
        BeforeArray,
        BeforeFirst,
        Inside,
        BehindObject,
        BehindComma,
        BehindArray,
    }

    /// <summary>Takes the next bytes.</summary>
    /// <exception cref="LinkException">This is not a JSON array of objects, or one is too long.</exception>
    internal void Read(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (place == Place.Inside)
            {
                var length = ToEnd(bytes, out var isWhole);
                var next = bytes[..length];
                bytes = bytes[length..];
                if (isWhole)
                    place = Place.BehindObject;
                // Most come in one piece.
                if (isWhole && buffer.IsEmpty && length <= maxFrameBytes)
                {
                    frame(next.ToArray());
                    continue;
                }

                Keep(next);
                if (isWhole)
                    frame(buffer.Take());
            }
            else if (bytes[0] == '{' && place is Place.BeforeFirst or Place.BehindComma)
            {
                place = Place.Inside;
            }
            else
            {
                place = Between(bytes[0]);
                bytes = bytes[1..];
            }
        }
    }

    /// <summary>Nothing comes any more.</summary>
    /// <exception cref="LinkException">The array is not over.</exception>
    internal void End()
    {
        if (place != Place.BehindArray)
            throw new LinkException("the server's answer was cut off");
    }

    private Place Between(byte what) => (what, place) switch
    {
        ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n', _) => place,
        ((byte)'[', Place.BeforeArray) => Place.BeforeFirst,
        ((byte)']', Place.BeforeFirst or Place.BehindObject) => Place.BehindArray,
        ((byte)',', Place.BehindObject) => Place.BehindComma,
        _ => throw new LinkException("the server's answer is not a JSON array of messages"),
    };

    private int ToEnd(ReadOnlySpan<byte> bytes, out bool isWhole)
    {
        isWhole = false;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (isEscape)
            {
                isEscape = false;
                continue;
            }

            if (isText)
            {
                var next = bytes[i..].IndexOfAny((byte)'"', (byte)'\\');
                if (next < 0)
                    break;
                i += next;
            }

            switch (bytes[i])
            {
                case (byte)'"':
                    isText = !isText;
                    break;
                case (byte)'\\':
                    isEscape = isText;
                    break;
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                case (byte)'}' or (byte)']' when --depth == 0:
                    isWhole = true;
                    return i + 1;
            }
        }

        return bytes.Length;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var free = buffer.Free.Span;
            var count = Math.Min(free.Length, bytes.Length);
            bytes[..count].CopyTo(free);
            buffer.Add(count);
            bytes = bytes[count..];
        }
    }
}
