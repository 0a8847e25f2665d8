using System.Numerics;

namespace RxWormhole.Protocol.Tests.Keys;

/// <summary>How the blinding element was made, in plain arithmetic (key exchange, section 3.2): an oracle that shares nothing with libsodium.</summary>
internal static class ArbitraryElement
{
    private static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger D = Mod(-121665 * Inverse(121666));

    internal static byte[] From(byte[] expandedSeed)
    {
        var y = Mod(new BigInteger(expandedSeed, isUnsigned: true, isBigEndian: true));
        while (true)
        {
            if (EvenX(y) is { } x)
            {
                var point = (x, y);
                for (var doubling = 0; doubling < 3; doubling++)
                    point = Add(point, point);
                return Encode(point);
            }

            y = Mod(y + 1);
        }
    }

    private static BigInteger? EvenX(BigInteger y)
    {
        var square = Mod((y * y - 1) * Inverse(D * y * y + 1));
        var x = BigInteger.ModPow(square, (P + 3) / 8, P);
        if (Mod(x * x - square) != 0)
            x = Mod(x * BigInteger.ModPow(2, (P - 1) / 4, P));
        if (Mod(x * x - square) != 0)
            return null;
        return x.IsEven ? x : P - x;
    }

    private static (BigInteger X, BigInteger Y) Add((BigInteger X, BigInteger Y) a, (BigInteger X, BigInteger Y) b)
    {
        var product = Mod(D * a.X * b.X * a.Y * b.Y);
        return (
            Mod((a.X * b.Y + b.X * a.Y) * Inverse(1 + product)),
            Mod((a.Y * b.Y + a.X * b.X) * Inverse(1 - product)));
    }

    private static byte[] Encode((BigInteger X, BigInteger Y) point)
    {
        var bytes = new byte[32];
        point.Y.TryWriteBytes(bytes, out _, isUnsigned: true);
        if (!point.X.IsEven)
            bytes[31] |= 0x80;
        return bytes;
    }

    private static BigInteger Inverse(BigInteger value) => BigInteger.ModPow(Mod(value), P - 2, P);

    private static BigInteger Mod(BigInteger value) => ((value % P) + P) % P;
}
