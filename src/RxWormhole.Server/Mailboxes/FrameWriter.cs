using System.Buffers;

namespace RxWormhole.Server;

/// <summary>Buffers to write frames into: one for each thread that writes, as long as it has not become large.</summary>
internal static class FrameWriter
{
    private const int Small = 16 << 10;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? spare;

    internal static ArrayBufferWriter<byte> Rent()
    {
        var buffer = spare ?? new ArrayBufferWriter<byte>(1024);
        spare = null;
        return buffer;
    }

    internal static void Return(ArrayBufferWriter<byte> buffer)
    {
        if (buffer.Capacity > Small)
            return;
        buffer.ResetWrittenCount();
        spare = buffer;
    }
}
