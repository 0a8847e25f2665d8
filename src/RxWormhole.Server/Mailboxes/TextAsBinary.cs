namespace RxWormhole.Server;

/// <summary>Turns the text frames among a client's bytes into binary ones, as they pass.</summary>
/// <remarks>
/// .NET's WebSocket ends the connection over text that is not UTF-8. Here such a frame is a command like any other that makes no sense: it gets an error, and the
/// connection lives. What kind of frame a command comes in does not matter.
/// </remarks>
internal struct TextAsBinary
{
    private const int Opcode = 0x0f;
    private const int Text = 1;
    private const int Binary = 2;

    private Part part;
    private int lengthBytes;
    private int maskBytes;
    private ulong left;

    private enum Part
    {
        // FIN, reserved bits, opcode[4]; then mask, length[7]; then length[16 or 64] where those 7 bits say so; then mask[32] and payload. RFC 6455, section 5.2.
        Head,
        Length,
        LongLength,
        Rest,
    }

    internal void Pass(Span<byte> bytes)
    {
        for (var i = 0; i < bytes.Length;)
        {
            if (part == Part.Rest)
            {
                var skipped = (int)Math.Min(left, (ulong)(bytes.Length - i));
                i += skipped;
                left -= (ulong)skipped;
                if (left == 0)
                    part = Part.Head;
                continue;
            }

            Take(ref bytes[i++]);
        }
    }

    private void Take(ref byte value)
    {
        switch (part)
        {
            case Part.Head:
                if ((value & Opcode) == Text)
                    value = (byte)((value & ~Opcode) | Binary);
                part = Part.Length;
                break;
            case Part.Length:
                maskBytes = (value & 0x80) == 0 ? 0 : 4;
                var length = value & 0x7f;
                lengthBytes = length switch { 126 => 2, 127 => 8, _ => 0 };
                left = lengthBytes == 0 ? (ulong)length : 0;
                Go();
                break;
            default:
                left = (left << 8) | value;
                lengthBytes--;
                Go();
                break;
        }
    }

    private void Go()
    {
        part = Part.LongLength;
        if (lengthBytes > 0)
            return;
        left += (ulong)maskBytes;
        part = left == 0 ? Part.Head : Part.Rest;
    }
}
