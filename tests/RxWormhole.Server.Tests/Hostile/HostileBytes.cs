using System.Buffers.Binary;
using System.Text;

namespace RxWormhole.Server.Tests;

/// <summary>What hostile clients send below the messages: to the HTTP port, over what was a WebSocket, and to the relay.</summary>
internal sealed class HostileBytes(Random random)
{
    private static readonly string[] Requests =
    [
        "GET /v1 HTTP/1.1\r\nHost: h\r\n\r\n",
        "POST /v1 HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n[{}",
        "POST /v1 HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999\r\n\r\n[",
        "POST /v1 HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n[]\r\n",
        "POST /v1 HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n0\r\n\r\n",
        "POST /v1 HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n[]",
        "DELETE /v1 HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
        "GET /v1 HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: ,,,\0,999.1.1.1, [::1\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET /relay HTTP/1.0\r\n\r\n",
        "\u0016\u0003\u0001\u0002",
    ];

    private readonly HostileFrames frames = new(random);

    /// <summary>For the HTTP port.</summary>
    internal byte[] Http() => random.Next(8) switch
    {
        0 => Latin(Requests[random.Next(Requests.Length)]),
        1 => frames.Mutate(Latin(Requests[random.Next(Requests.Length)])),
        2 => frames.Mutate(Latin(Upgrade("/v1"))),
        3 => frames.Noise(random.Next(500)),
        4 => [.. Latin(Upgrade(AnyPath)), .. frames.Noise(random.Next(100))],
        5 => [.. Latin(Upgrade(AnyPath)), .. WebSocketFrames()],
        6 => Latin("GET /v1 HTTP/1.1\r\nHost: h\r\n" + string.Concat(Enumerable.Repeat($"X-{random.Next()}: {new string('h', 200)}\r\n", random.Next(200))) + "\r\n"),
        _ => Post(),
    };

    /// <summary>For the relay's port.</summary>
    internal byte[] Relay()
    {
        var request = Latin(RelayLink.Request((char)random.Next('a', 'd'), random.Next(3) == 0 ? null : $"{random.Next(3)}"));
        return random.Next(6) switch
        {
            0 => request,
            1 => frames.Mutate(request),
            2 => [.. request, .. frames.Noise(random.Next(1, 300))],
            3 => frames.Noise(random.Next(2000)),
            4 => request[..random.Next(request.Length)],
            _ => Latin(new string('p', random.Next(3000)) + "\n"),
        };
    }

    private byte[] Post()
    {
        List<byte> body = [(byte)'['];
        for (var count = random.Next(6); count > 0; count--)
            body.AddRange([.. frames.Next(), (byte)(random.Next(10) == 0 ? ';' : ',')]);
        body.AddRange("{\"type\":\"list\"}]"u8);
        return [.. Latin($"POST /v1 HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: {body.Count}\r\n\r\n"), .. body];
    }

    // Right and wrong ones: unmasked, with bits that mean nothing, fragments out of order, control frames that are too long, lengths beyond all bounds.
    private byte[] WebSocketFrames()
    {
        var bytes = new List<byte>();
        for (var count = random.Next(1, 5); count > 0; count--)
        {
            var payload = random.Next(2) == 0 ? frames.Next() : frames.Noise(random.Next(200));
            var first = random.Next(3) == 0 ? random.Next(256) : (random.Next(4) > 0 ? 0x80 : 0) | new[] { 0, 1, 2, 8, 9, 10 }[random.Next(6)];
            var mask = random.Next(5) > 0 ? 0x80 : 0;
            bytes.Add((byte)first);
            var length = random.Next(10) == 0 ? random.NextInt64() : payload.Length;
            var size = new byte[8];
            BinaryPrimitives.WriteInt64BigEndian(size, random.Next(20) == 0 ? -length : length);
            bytes.AddRange(length < 126 ? [(byte)(mask | (int)length)] : [(byte)(mask | 127), .. size]);
            bytes.AddRange(mask == 0 ? [] : new byte[4]);
            bytes.AddRange(payload);
        }

        return [.. bytes];
    }

    private string AnyPath => random.Next(2) == 0 ? "/v1" : "/relay";

    private static string Upgrade(string path) =>
        $"GET {path} HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    private static byte[] Latin(string text) => Encoding.Latin1.GetBytes(text);
}
