using System.Text;
using RxWormhole.Protocol;

namespace RxWormhole.Benchmarks;

/// <summary>One side of a key exchange, by the library and as the bare calls into libsodium that it cannot do without.</summary>
internal sealed class Spake2Sides
{
    private readonly byte[] password = Encoding.UTF8.GetBytes("4-purple-sausages");
    private readonly byte[] appId = Encoding.UTF8.GetBytes("example.com/benchmark");
    private readonly SecretBytes scalar = Spake2.CreateScalar(Filled(1));
    private readonly SecretBytes passwordScalar;
    private readonly byte[] theirs;

    internal Spake2Sides()
    {
        passwordScalar = Spake2.PasswordScalar(password);
        using var peer = Spake2.CreateScalar(Filled(2));
        using var exchange = Spake2.Start(password, peer);
        theirs = exchange.Message.ToArray();
    }

    internal ReadOnlySpan<byte> Scalar => scalar.Span;

    internal ReadOnlySpan<byte> Point => theirs.AsSpan(1);

    /// <summary>Start and finish.</summary>
    internal SharedKey ByLibrary()
    {
        using var exchange = Spake2.Start(password, scalar);
        return exchange.Finish(theirs, appId)!;
    }

    /// <summary>The same six calls, into the same library.</summary>
    internal int ByPlainCalls()
    {
        Span<byte> public_ = stackalloc byte[Libsodium.PointLength];
        Span<byte> blinding = stackalloc byte[Libsodium.PointLength];
        Span<byte> message = stackalloc byte[Libsodium.PointLength];
        Span<byte> unblinded = stackalloc byte[Libsodium.PointLength];
        Span<byte> product = stackalloc byte[Libsodium.PointLength];
        return Libsodium.MultiplyBase(public_, scalar.Span)
            + Libsodium.Multiply(blinding, passwordScalar.Span, Spake2.Blinding)
            + Libsodium.Add(message, public_, blinding)
            + Libsodium.IsValidPoint(Point)
            + Libsodium.Subtract(unblinded, Point, blinding)
            + Libsodium.Multiply(product, scalar.Span, unblinded);
    }

    private static byte[] Filled(byte value)
    {
        var bytes = new byte[Spake2.EntropyLength];
        Array.Fill(bytes, value);
        return bytes;
    }
}
