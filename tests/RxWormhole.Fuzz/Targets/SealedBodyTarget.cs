using RxWormhole.Protocol;

namespace RxWormhole.Fuzz;

/// <summary>The sealed body of a message: two lines for side and phase, the rest is the body, or what is sealed.</summary>
internal sealed class SealedBodyTarget : FuzzTarget
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, SharedKey.Length).Select(each => (byte)each)];

    internal override string Name => "sealed-body";

    internal override void Run(ReadOnlySpan<byte> input)
    {
        var (side, rest) = Texts.Two(input);
        var (phase, _) = Texts.Two(System.Text.Encoding.UTF8.GetBytes(rest));
        using var key = new SharedKey(Key);
        Hold.That(!key.TryOpen(side, phase, input, out _), "nobody forges a seal");

        var body = key.Seal(side, phase, new byte[SharedKey.NonceLength], input);
        Hold.That(key.TryOpen(side, phase, body, out var plaintext), "what was sealed opens");
        Hold.Same(plaintext, input, "what was sealed opens to the same");
        Hold.That(!key.TryOpen(side + "x", phase, body, out _), "no other side opens it");
        body[input.Length % body.Length] ^= 1;
        Hold.That(!key.TryOpen(side, phase, body, out _), "what was changed does not open");
    }
}
