using System.Buffers.Binary;
using System.Text;

namespace RxWormhole.Fuzz;

/// <summary>What readers stumble over: JSON in pieces, limits of numbers, odd text.</summary>
internal sealed class Fragments(IReadOnlyList<string> words)
{
    private static readonly string[] Json =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "null", "true", "false", "0", "-0", "-1", "1", "1.0", "1.5", "1e0", "1e400", "-1e400", "1e-400", "2147483647", "2147483648",
        "4294967295", "9223372036854775807", "9223372036854775808", "18446744073709551616", "\"\"", "{}", "[]", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"a\":1,",
        "\"\\ud800\":1,", "\"\\u0074ype\":", "/**/", "//\n", "NaN", "[[[[[[[[[[[[[[[[", "]]]]]]]]]]]]]]]]", "{\"a\":{\"a\":{\"a\":{\"a\":", " ", "\n", "\t", "\r\n",
    ];

    private static readonly string[] Odd =
    [
        "\0", "\u007f", "\u0080", "\u00a0", "\u00ad", "\u0300", "\u0327", "\u1100\u1161\u11a8", "\uac00", "\u200b", "\u200d", "\u202e", "\u2028", "\u3000", "\ue000", "\ue001", "\ue000\ue001",
        "\ufeff", "\ufffd", "\uffff", "\U0001f600", "\U0010ffff", "..", "../", "/", "\\", ":", "%", "%00", "%2e", "?", "&", "=", "#", "@", "-", "--", ".", "~", "*", "|", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ];

    private static readonly byte[][] Broken =
    [
        [0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xed, 0xb0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82], [0xef, 0xbb, 0xbf], [0, 0, 0, 0], [0xff, 0xff, 0xff, 0xff], [0x7f, 0xff, 0xff, 0xff], [0xff, 0xff], [0, 1],
    ];

    private static readonly byte[] Awkward = [.. "\0\n\"\\{}[],:-/ \u007f"u8];

    private static readonly long[] Numbers =
        [0, 1, -1, 2, 22, 30, 40, 44, 46, 64, 127, 128, 255, 256, short.MaxValue, short.MinValue, ushort.MaxValue, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue];

    /// <summary>One that may be put in anywhere.</summary>
    internal byte[] Any(Random random) => random.Next(words.Count == 0 ? 3 : 5) switch
    {
        0 => Encoding.UTF8.GetBytes(Json[random.Next(Json.Length)]),
        1 => Encoding.UTF8.GetBytes(Odd[random.Next(Odd.Length)]),
        2 => Broken[random.Next(Broken.Length)],
        _ => Encoding.UTF8.GetBytes(words[random.Next(words.Count)]),
    };

    /// <summary>A JSON value, as a rule.</summary>
    internal byte[] Value(Random random) => random.Next(4) switch
    {
        0 when words.Count > 0 => Encoding.UTF8.GetBytes($"\"{words[random.Next(words.Count)]}\""),
        1 => Encoding.UTF8.GetBytes($"\"{Odd[random.Next(Odd.Length)]}\""),
        _ => Encoding.UTF8.GetBytes(Json[random.Next(Json.Length)]),
    };

    /// <summary>A byte that is seldom like any other.</summary>
    internal static byte Byte(Random random) => random.Next(3) == 0 ? Awkward[random.Next(Awkward.Length)] : (byte)random.Next(256);

    /// <summary>Some of them in a row.</summary>
    internal byte[] Sequence(Random random) => [.. Enumerable.Range(0, random.Next(12)).SelectMany(_ => Any(random))];

    /// <summary>The input with a number in two to eight of its bytes, in either order: a limit, or the length of something.</summary>
    internal byte[] WithNumber(byte[] input, Random random)
    {
        Span<byte> number = stackalloc byte[8];
        var value = random.Next(4) == 0 ? input.Length - random.Next(64) : Numbers[random.Next(Numbers.Length)];
        var size = 2 << random.Next(3);
        if (random.Next(2) == 0)
            BinaryPrimitives.WriteInt64LittleEndian(number, value);
        else
            BinaryPrimitives.WriteInt64BigEndian(number, value << (64 - (8 * size)));
        size = Math.Min(size, input.Length);
        var changed = input.ToArray();
        number[..size].CopyTo(changed.AsSpan(random.Next(input.Length - size + 1)));
        return changed;
    }
}
