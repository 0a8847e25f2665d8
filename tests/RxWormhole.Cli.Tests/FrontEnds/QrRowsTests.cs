using QRCoder;

namespace RxWormhole.Cli.Tests.FrontEnds;

/// <summary>A QR code in text.</summary>
public sealed class QrRowsTests
{
    private const string Link = "wormhole-transfer:7-crossover-clockwork";

    [Test]
    public void Rows_AreTheModules([Values] bool isColoured)
    {
        using var generator = new QRCodeGenerator();
        var modules = generator.CreateQrCode(Link, QRCodeGenerator.ECCLevel.L).ModuleMatrix;
        var rows = QrRows.Of(Link, isColoured);
        // Two of the library's four modules of margin are left.
        Assert.That(rows[0].Text, Has.Length.EqualTo(modules.Count - 4));
        for (var y = 2; y < modules.Count - 2; y++)
        {
            for (var x = 2; x < modules.Count - 2; x++)
            {
                var isFilled = rows[(y - 2) / 2].Text[x - 2] is '█' || rows[(y - 2) / 2].Text[x - 2] == (y % 2 == 0 ? '▀' : '▄');
                // Without colours what is dark is left out, for a terminal that is dark.
                Assert.That(isFilled, Is.EqualTo(modules[y][x] == isColoured), $"{x},{y}");
            }
        }
    }
}
