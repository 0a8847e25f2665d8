using RxWormhole.Server;

namespace RxWormhole.Fuzz;

/// <summary>The bytes of a WebSocket, on which the server looks for frames of text.</summary>
internal sealed class WebSocketFrameTarget : FuzzTarget
{
    internal override string Name => "websocket-frame";

    internal override IReadOnlyList<string> Words { get; } = ["\u0081", "\u0001\u0002ab", "\u0002\u0001a", "\u0001~\0\u0004abcd", "\u0001\u007f\0\0\0\0\0\0\0\u0002ab"];

    internal override void Run(ReadOnlySpan<byte> input)
    {
        var whole = Pass([input.ToArray()]);
        Hold.Same(whole, Pass(Pieces.Of(input)), "however it is cut, it is the same");
        for (var i = 0; i < whole.Length; i++)
            Hold.That(whole[i] == input[i] || ((input[i] & 0x0f) == 1 && whole[i] == (input[i] ^ 3)), "only text becomes something else, and that binary");
    }

    private static byte[] Pass(List<byte[]> pieces)
    {
        var passing = default(TextAsBinary);
        foreach (var piece in pieces)
            passing.Pass(piece);
        return [.. pieces.SelectMany(each => each)];
    }
}
