using System.Text;

namespace RxWormhole.Server.Tests;

/// <summary>Frames that a mailbox server should not be troubled by: from almost right to altogether wrong.</summary>
internal sealed class HostileFrames(Random random)
{
    private static readonly string[] Valid =
    [
        """{"type":"bind","appid":"example.com/h","side":"s1","client_version":["python","0.1"]}""",
        """{"type":"list","id":"a1"}""",
        """{"type":"allocate"}""",
        """{"type":"claim","nameplate":"4","keep":60}""",
        """{"type":"release","nameplate":"4"}""",
        """{"type":"open","mailbox":"m1","since":2}""",
        """{"type":"add","phase":"pake","body":"00ff","id":"x"}""",
        """{"type":"close","mailbox":"m1","mood":"happy"}""",
        """{"type":"ping","ping":1}""",
        """{"type":"submit-permissions","method":"hashcash","stamp":"1:6:210723:r::N:3"}""",
    ];

    private static readonly string[] Names =
        ["type", "id", "appid", "side", "client_version", "nameplate", "keep", "mailbox", "since", "phase", "body", "mood", "ping", "method", "stamp", "x", ""];

    private static readonly string[] Texts =
        ["bind", "list", "claim", "open", "add", "close", "m1", "4", "0", "-1", "٤", "4\\n", "\\u0000", "\\ud800", "\\ud83d\\ude00", "../..", "' OR 1=1 --", "%s%n", "\\\\", ""];

    private static readonly string[] Numbers =
        ["0", "-0", "-1", "1e999", "-1e999", "1e-999", "9223372036854775808", "2147483648", "0.1", "-2147483649", "1E400", "00", "+1", "NaN"];

    /// <summary>The next frame.</summary>
    internal byte[] Next() => random.Next(10) switch
    {
        0 => Utf8(Pick(Valid)),
        1 or 2 => Mutate(Utf8(Pick(Valid))),
        3 or 4 => Utf8(WrongTypes()),
        5 => Utf8(Value(0)),
        6 => Utf8(Deep()),
        7 => BadUtf8(),
        8 => Utf8(Long()),
        _ => Noise(random.Next(200)),
    };

    /// <summary>Random bytes.</summary>
    internal byte[] Noise(int length)
    {
        var noise = new byte[length];
        random.NextBytes(noise);
        return noise;
    }

    /// <summary>Bytes that were right, with something wrong about them.</summary>
    internal byte[] Mutate(byte[] bytes)
    {
        var mutated = bytes.ToList();
        for (var times = random.Next(1, 4); times > 0 && mutated.Count > 0; times--)
        {
            var at = random.Next(mutated.Count);
            switch (random.Next(6))
            {
                case 0: mutated[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: mutated.RemoveAt(at); break;
                case 2: mutated.Insert(at, (byte)random.Next(256)); break;
                case 3: mutated.RemoveRange(at, mutated.Count - at); break;
                case 4: mutated.InsertRange(at, mutated.GetRange(0, at)); break;
                default: mutated[at] = "\"{}[]:,\0\\\n"u8[random.Next(10)]; break;
            }
        }

        return [.. mutated];
    }

    private string WrongTypes()
    {
        var type = Pick("bind", "claim", "release", "open", "add", "close", "ping", "allocate", "list");
        var keys = Enumerable.Range(0, random.Next(6)).Select(_ => $",\"{Pick(Names)}\":{Value(1)}");
        return $"{{\"type\":\"{type}\"{string.Concat(keys)}}}";
    }

    private string Value(int depth) => random.Next(depth > 4 ? 5 : 8) switch
    {
        0 => Pick(Numbers),
        1 or 2 => $"\"{Pick(Texts)}\"",
        3 => Pick("null", "true", "false"),
        4 => $"\"{new string('z', random.Next(300))}\"",
        5 => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Value(depth + 1)))}]",
        _ => $"{{{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => $"\"{Pick(Names)}\":{Value(depth + 1)}"))}}}",
    };

    private string Deep()
    {
        var (open, close) = random.Next(2) == 0 ? ("[", "]") : ("{\"type\":", "}");
        var depth = random.Next(2) == 0 ? random.Next(55, 70) : random.Next(2000);
        var value = string.Concat(Enumerable.Repeat(open, depth)) + "1" + (random.Next(3) == 0 ? "" : string.Concat(Enumerable.Repeat(close, depth)));
        return random.Next(2) == 0 ? value : $$"""{"type":"{{Pick("ping", "open", "add", "bind")}}","{{Pick(Names)}}":{{value}}}""";
    }

    private string Long() => $$"""{"type":"{{Pick("bind", "open", "add", "claim", "ping", "x")}}","{{Pick(Names)}}":"{{new string('y', random.Next(20_000))}}"}""";

    private byte[] BadUtf8()
    {
        byte[][] bad = [[0xff], [0xc0, 0x80], [0xe2, 0x82], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0x80]];
        var frame = Utf8(Pick(Valid)).ToList();
        frame.InsertRange(random.Next(frame.Count), bad[random.Next(bad.Length)]);
        return [.. frame];
    }

    private string Pick(params string[] choices) => choices[random.Next(choices.Length)];

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
