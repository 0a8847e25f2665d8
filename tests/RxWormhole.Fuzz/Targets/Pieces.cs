using RxWormhole.Protocol;

namespace RxWormhole.Fuzz;

/// <summary>Input as it may come from a network: in pieces. Where they end depends on the input alone.</summary>
internal static class Pieces
{
    internal static List<byte[]> Of(ReadOnlySpan<byte> input)
    {
        var random = Crc32.Append(0, input);
        var most = 1u << (int)(random & 7);
        var pieces = new List<byte[]>();
        while (!input.IsEmpty)
        {
            random = (random * 1664525) + 1013904223;
            var length = Math.Min(input.Length, 1 + (int)((random >> 16) % most));
            pieces.Add(input[..length].ToArray());
            input = input[length..];
        }

        return pieces;
    }
}
