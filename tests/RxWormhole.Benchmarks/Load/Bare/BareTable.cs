using System.Text;

namespace RxWormhole.Benchmarks.Load;

/// <summary>The frames a server sends in an exchange, as long as real ones, made beforehand.</summary>
/// <remarks>
/// Whoever adds a message gets it back, and the other side's as well: so each side gets as many frames as in a real exchange, without anybody knowing
/// which two belong together.
/// </remarks>
internal static class BareTable
{
    private static readonly byte[] Allocated = Frame("allocated", ",\"nameplate\":\"4\"");
    private static readonly byte[] Claimed = Frame("claimed", ",\"mailbox\":\"ahwlq3s6u7kf2\"");
    private static readonly byte[] Released = Frame("released", "");
    private static readonly byte[] Closed = Frame("closed", "");
    private static readonly byte[][] Pake = Both("pake", 162);
    private static readonly byte[][] Version = Both("version", 240);
    private static readonly byte[][] Data = Both("0", 280);

    internal static byte[] Welcome { get; } = Frame("welcome", ",\"welcome\":{\"your-address\":{\"ipv4\":\"127.0.0.1\",\"port\":40000}}");

    /// <summary>Chooses by what stands behind <c>"type": "</c> and <c>"phase": "</c>; the load tool writes its commands so.</summary>
    internal static byte[][] Answers(ReadOnlySpan<byte> command)
    {
        var ack = Ack(command);
        var type = command[(command.LastIndexOf("\"type\": \""u8) + 9)..];
        return type switch
        {
            [(byte)'a', (byte)'l', ..] => [ack, Allocated],
            [(byte)'a', ..] => command["\"phase\": \"".Length + 1] switch
            {
                (byte)'p' => [ack, .. Pake],
                (byte)'v' => [ack, .. Version],
                _ => [ack, .. Data],
            },
            [(byte)'c', (byte)'l', (byte)'a', ..] => [ack, Claimed],
            [(byte)'c', ..] => [ack, Closed],
            [(byte)'r', ..] => [ack, Released],
            _ => [ack],
        };
    }

    private static byte[] Ack(ReadOnlySpan<byte> command)
    {
        var ack = "{\"type\":\"ack\",\"server_tx\":1790000000.1234567,\"id\":\"0000\"}"u8.ToArray();
        command.Slice(command.LastIndexOf("\"id\": \""u8) + 7, 4).CopyTo(ack.AsSpan(ack.Length - 6));
        return ack;
    }

    private static byte[][] Both(string phase, int length) => [Message("aaaaaaaaaa", phase, length), Message("bbbbbbbbbb", phase, length)];

    private static byte[] Message(string side, string phase, int length) =>
        Frame("message", $",\"side\":\"{side}\",\"phase\":\"{phase}\",\"body\":\"{new string('5', length)}\",\"server_rx\":1790000000.1234567,\"id\":\"0005\"");

    private static byte[] Frame(string type, string rest) => Encoding.ASCII.GetBytes($"{{\"type\":\"{type}\",\"server_tx\":1790000000.1234567{rest}}}");
}
