using System.Globalization;
using System.Text;
using RxWormhole.Protocol;

namespace RxWormhole.Cli.Tests;

/// <summary>The test of the test that published programs carry: it passes, and notices what it is there for.</summary>
public sealed class SelfTestTests
{
    private static readonly string[] Groups = ["nfc", "derive-key", "spake2", "secretbox", "sqlite"];

    [Test]
    public void AllIsWell_EachGroupSaysSo()
    {
        var (isRight, lines) = Run(Utf8Text.Normalized);
        Assert.That(isRight, Is.True, string.Join('\n', lines));
        Assert.That(lines.Select(line => line.Split(':')[0]), Is.EqualTo(Groups));
        Assert.That(lines, Has.All.Match(@"^[a-z0-9-]+: [1-9]\d* right, 0 wrong$"));
    }

    // What string.Normalize does under invariant globalization.
    [Test]
    public void NormalizationDoesNothing_ItIsNoticedInTextsCodesAndPurposes()
    {
        var (isRight, lines) = Run(Encoding.UTF8.GetBytes);
        Assert.That(isRight, Is.False);
        Assert.That(lines.Where(line => !line.EndsWith(", 0 wrong", StringComparison.Ordinal)).Select(line => line.Split(':')[0]), Is.EqualTo(Groups[..3]));
    }

    [Test]
    public void SomethingIsMissing_ItsGroupFailsAndTheOthersRun()
    {
        var (isRight, lines) = Run(_ => throw new DllNotFoundException("libsodium is not there."));
        Assert.That(isRight, Is.False);
        Assert.That(lines[2], Is.EqualTo("spake2: DllNotFoundException: libsodium is not there."));
        Assert.That(lines[4], Is.EqualTo("sqlite: 1 right, 0 wrong"));
    }

    [Test]
    public void Command_IsThereAndHidden()
    {
        var command = CommandTree.Create().Subcommands.Single(each => each.Name == "self-test");
        Assert.That(command.Hidden, Is.True);
    }

    private static (bool IsRight, string[] Lines) Run(Func<string, byte[]> normalize)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var isRight = SelfTest.Run(normalize, output);
        return (isRight, output.ToString().TrimEnd().Split('\n'));
    }
}
