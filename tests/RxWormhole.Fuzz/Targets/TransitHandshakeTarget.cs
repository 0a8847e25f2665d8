using RxWormhole.Protocol;

namespace RxWormhole.Fuzz;

/// <summary>What the other end of a connection says before it is used. The first byte chooses the role and whether a relay is between.</summary>
internal sealed class TransitHandshakeTarget : FuzzTarget
{
    // That of the vectors.
    private static readonly byte[] Key = Convert.FromHexString("f64dd2fbcb9792185bb7fc1370edfbe3c88e8db252abf1e496c95709b4a3825a");

    internal override string Name => "transit-handshake";

    internal override IReadOnlyList<string> Words { get; } = ["ok\n", "go\n", "nevermind\n", "transit sender ", "transit receiver ", " ready\n\n", "\n"];

    internal override void Run(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
            return;
        using var keys = new TransitKeys(Key);
        var role = (input[0] & 1) == 0 ? TransitRole.Sender : TransitRole.Receiver;
        var isRelayed = (input[0] & 2) != 0;
        var bytes = input[1..];
        var whole = Answers(keys, role, isRelayed, [bytes.ToArray()]);
        var cut = Answers(keys, role, isRelayed, Pieces.Of(bytes));
        // What is answered before a failure that comes in the same piece is of no interest any more.
        Hold.Same(whole, cut, "however it is cut, it is the same");
    }

    private static string Answers(TransitKeys keys, TransitRole role, bool isRelayed, List<byte[]> pieces)
    {
        var handshake = isRelayed ? new TransitHandshake(keys, role, "12345678"u8) : new TransitHandshake(keys, role);
        var answers = Convert.ToHexString(handshake.Begin().Span);
        // Nobody reads on before it is decided what for.
        var unread = pieces.SkipWhile(piece =>
        {
            var isWaiting = handshake.State == TransitHandshakeState.Waiting;
            if (isWaiting)
                answers += Convert.ToHexString(handshake.Receive(piece).Span);
            return isWaiting;
        }).SelectMany(piece => piece).ToArray();
        Hold.That((handshake.State == TransitHandshakeState.Failed) == (handshake.Failure is not null), "what failed says why");
        Hold.That(handshake.LeftOver.IsEmpty || handshake.State is TransitHandshakeState.Undecided or TransitHandshakeState.Established, "only what follows a handshake is left over");
        return handshake.Failure ?? $"{handshake.State} {answers} {Convert.ToHexString([.. handshake.LeftOver.Span, .. unread])}";
    }
}
