using QRCoder;

namespace RxWormhole.Interop.Tests;

/// <summary>The QR code of a new code.</summary>
public sealed class QrTests : TerminalFixture
{
    [TestCase(80, true)]
    [TestCase(35, false)]
    public void NewCode_IsShownWhereThereIsRoom(int columns, bool isShown)
    {
        using var sender = new TerminalProcess(["send", "--relay-url", Server.Mailbox.ToString(), "--transit-helper", "", "--text", "hello"], columns);
        sender.WaitFor("please run:");
        sender.WaitFor("Waiting");
        var rows = sender.Text.Split('\n').Where(row => row.AsSpan().IndexOfAny("▀▄█") >= 0).ToArray();
        if (!isShown)
        {
            Assert.That(rows, Is.Empty);
            return;
        }

        var code = CodeOf(sender);
        using var generator = new QRCodeGenerator();
        var server = Uri.EscapeDataString(Server.Mailbox.GetLeftPart(UriPartial.Authority));
        var modules = generator.CreateQrCode($"wormhole-transfer:{code}?rendezvous={server}", QRCodeGenerator.ECCLevel.L).ModuleMatrix;
        // A margin of two modules is two cells, and one row that is empty.
        Assert.That(rows, Is.EqualTo(Enumerable.Range(0, (modules.Count - 7) / 2).Select(row => Row(modules, 4 + (2 * row)))));
        Assert.That(sender.Terminal.Raw, Does.Contain("\e[38;5;16;48;5;231m"), "black on white, whatever the terminal's colours are");
        sender.Interrupt();
    }

    [Test]
    public void GivenCode_IsNotShown()
    {
        using var sender = new TerminalProcess(["send", "--relay-url", Server.Mailbox.ToString(), "--transit-helper", "", "--code", "5-crossover-clockwork", "--text", "hello"]);
        sender.WaitFor("Waiting");
        Assert.That(sender.Text, Does.Not.Contain("▀"));
        sender.Interrupt();
    }

    private static string Row(List<System.Collections.BitArray> modules, int row) => string.Concat(Enumerable.Range(2, modules.Count - 4).Select(column => (modules[row][column], modules[row + 1][column]) switch
    {
        (true, true) => '█',
        (true, false) => '▀',
        (false, true) => '▄',
        _ => ' ',
    })).TrimEnd();
}
