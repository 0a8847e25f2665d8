namespace RxWormhole.Cli.Tests.FrontEnds;

/// <summary>How far a transfer is, in as many cells as there are.</summary>
public sealed class ProgressRowTests
{
    private static readonly TransferProgress Half = new()
    {
        Stage = TransferStage.Moving,
        Bytes = 5_000_000,
        Total = 10_000_000,
        BytesPerSecond = 2_500_000,
        Remaining = TimeSpan.FromSeconds(2),
    };

    [TestCase(80, " 50%  ━━━━━━━━━━━━━━━━━─────────────────  5.0 MB of 10.0 MB  2.5 MB/s  0:02 left")]
    [TestCase(60, " 50%  ━━━━━━━───────  5.0 MB of 10.0 MB  2.5 MB/s  0:02 left")]
    [TestCase(45, " 50%  5.0 MB of 10.0 MB  2.5 MB/s  0:02 left")]
    [TestCase(35, " 50%  5.0 MB of 10.0 MB  2.5 MB/s")]
    [TestCase(20, " 50%  ━━━━━━━───────")]
    [TestCase(9, " 50%")]
    [TestCase(3, "")]
    public void Row_ShowsWhatFits(int cells, string expected)
    {
        Assert.That(Text(Half, cells), Is.EqualTo(expected));
        Assert.That(Cells.Of(expected), Is.LessThanOrEqualTo(cells));
    }

    [Test]
    public void NoTotal_HasNoBar() => Assert.That(Text(Half with { Total = null, Remaining = null }, 80), Is.EqualTo("5.0 MB  2.5 MB/s"));

    [Test]
    public void EmptyFile_IsComplete() => Assert.That(Text(new TransferProgress { Stage = TransferStage.Done, Total = 0 }, 20), Is.EqualTo("100%  0 bytes"));

    [Test]
    public void MoreThanThereIs_IsComplete() => Assert.That(Text(Half with { Bytes = 20_000_000 }, 80), Does.StartWith("100%").And.Not.Contain("─"));

    [Test]
    public void Done_TellsHowLongItTook() =>
        Assert.That(Text(Half with { Bytes = 10_000_000, Stage = TransferStage.Done }, 45, TimeSpan.FromSeconds(4)), Is.EqualTo("100%  ━━━━━━━━━━━  10.0 MB  2.5 MB/s  in 0:04"));

    private static string Text(TransferProgress progress, int cells, TimeSpan? took = null) => string.Concat(ProgressRow.Of(progress, cells, took).Select(piece => piece.Text));
}
