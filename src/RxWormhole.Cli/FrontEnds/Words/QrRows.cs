using System.Collections;
using QRCoder;

namespace RxWormhole.Cli;

/// <summary>A QR code in half blocks: two rows of it are one of text.</summary>
internal static class QrRows
{
    // The standard wants a margin of four modules, which the library makes; cameras content themselves with two.
    private const int LeftOut = 2;

    /// <param name="text">What it says.</param>
    /// <param name="isColoured">Whether it can be black on white. Without colours it is written in the foreground, for a dark background, where it is light as it should be.</param>
    internal static IReadOnlyList<Piece> Of(string text, bool isColoured)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.L);
        var modules = code.ModuleMatrix;
        var size = modules.Count - (2 * LeftOut);
        return
        [
            .. Enumerable.Range(0, (size + 1) / 2).Select(row => new Piece(
                string.Concat(Enumerable.Range(LeftOut, size).Select(column => Block(IsDark(modules, (2 * row) + LeftOut, column) == isColoured, IsDark(modules, (2 * row) + LeftOut + 1, column) == isColoured))),
                Ink.Paper)),
        ];
    }

    private static bool IsDark(List<BitArray> modules, int row, int column) => row < modules.Count && modules[row][column];

    private static char Block(bool upper, bool lower) => (upper, lower) switch
    {
        (true, true) => '█',
        (true, false) => '▀',
        (false, true) => '▄',
        _ => ' ',
    };
}
