using RxWormhole.Protocol;

namespace RxWormhole.Fuzz;

/// <summary>The body of the key exchange, and the point in it.</summary>
internal sealed class PakeTarget : FuzzTarget
{
    internal override string Name => "pake";

    internal override IReadOnlyList<string> Words { get; } = ["pake_v1", "53", "530100000000000000000000000000000000000000000000000000000000000000"];

    internal override void Run(ReadOnlySpan<byte> input)
    {
        if (PakeBody.TryRead(input.ToArray(), out var message))
        {
            Hold.That(PakeBody.TryRead(PakeBody.Write(message), out var again), "what was read is written so that it can be read");
            Hold.Same(message, again, "what was read and written is read again as the same");
            Finish(message);
        }

        Finish(input);
    }

    private static void Finish(ReadOnlySpan<byte> theirs)
    {
        using var scalar = Spake2.CreateScalar(new byte[Spake2.EntropyLength - 1].Append((byte)5).ToArray());
        using var exchange = Spake2.Start("4-purple-sausages"u8, scalar);
        using var key = exchange.Finish(theirs, "appid"u8);
        using var again = exchange.Finish(theirs, "appid"u8);
        Hold.Same(key?.Verifier(), again?.Verifier(), "the same message gives the same key");
        Hold.That(key is null || theirs.Length == Spake2.MessageLength, "a key comes of a whole message only");
    }
}
