namespace RxWormhole.Fuzz;

[TestFixture]
public class FuzzerTests
{
    private static readonly FuzzOptions Options = new() { Runs = 20_000, Seed = 1 };

    [Test]
    public void ReaderWithABug_IsFoundMinimizedAndReplayed()
    {
        var target = new BrokenTarget();
        var report = new Campaign(target, Options).Run();
        Assert.That(report.Fault?.Kind, Is.EqualTo("ArgumentOutOfRangeException at BrokenTarget.Run"));

        // Nothing can be left out any more: the word, a length, and something that is shorter.
        Assert.That(report.Smallest, Has.Length.EqualTo(6).And.Length.LessThanOrEqualTo(report.Input!.Length));
        Assert.That(report.Smallest.AsSpan(0, 4).SequenceEqual("LEN:"u8));
        Assert.That(Trial.Run(target, report.Smallest)?.Kind, Is.EqualTo(report.Fault.Kind));
        Assert.That(report.Replay, Does.EndWith($"--target broken --input {Convert.ToHexStringLower(report.Smallest!)}"));
        Assert.That(report.ToString(), Does.Contain("FAILED").And.Contain(report.Fault.Kind).And.Contain(Convert.ToHexStringLower(report.Input)).And.Contain(report.Replay));
    }

    [Test]
    public void SameSeed_GivesTheSameInputs()
    {
        var (one, other) = (new Campaign(new BrokenTarget(), Options).Run(), new Campaign(new BrokenTarget(), Options).Run());
        Assert.That(other.Runs, Is.EqualTo(one.Runs));
        Assert.That(other.Input, Is.EqualTo(one.Input));
    }

    [Test]
    public void PropertyThatDoesNotHold_IsNamed() =>
        Assert.That(Trial.Run(new OnlyTarget(count => Hold.That(count == 0, "no exclamations")), "a!"u8)?.Kind, Is.EqualTo("no exclamations"));

    [Test]
    public void MemoryBeyondTheBound_IsAFault()
    {
        var target = new OnlyTarget(count => GC.KeepAlive(new byte[count << 20]));
        Assert.That(Trial.Run(target, "a"u8), Is.Null);
        Assert.That(Trial.Run(target, "!"u8)?.Kind, Is.EqualTo("too much memory"));
    }

    [Test]
    public void MemoryForWhatIsMadeOnce_IsNoFault()
    {
        byte[]? table = null;
        Assert.That(Trial.Run(new OnlyTarget(_ => table ??= new byte[1 << 20]), "a"u8), Is.Null);
    }

    [Test]
    public void TimeBeyondTheBound_IsAFault() =>
        Assert.That(Trial.Run(new OnlyTarget(_ => Thread.Sleep(Trial.MostTime)), "a"u8)?.Kind, Is.EqualTo("too much time"));

    [Test]
    public void TargetWithoutABug_PassesAllRuns()
    {
        var report = new Campaign(new OnlyTarget(_ => { }), new FuzzOptions { Runs = 500, Seed = 1 }).Run();
        Assert.That((report.Fault, report.Runs), Is.EqualTo(((Fault?)null, 500)));
    }

    [TestCase("--runs")]
    [TestCase("--runs", "many")]
    [TestCase("--runs", "1", "--seconds", "1")]
    [TestCase("--keep")]
    [TestCase("--what")]
    public void ArgumentsThatMakeNoSense_AreRefused(params string[] arguments) => Assert.That(() => FuzzOptions.Parse(arguments), Throws.TypeOf<FormatException>());

    [Test]
    public void OneInputThatFails_IsReportedByTheExitCode()
    {
        using var output = new StringWriter();
        Assert.That(FuzzProgram.Run(FuzzOptions.Parse(["--target", "name", "--input", "61"]), [], output), Is.Zero);
        Assert.That(FuzzProgram.Run(FuzzOptions.Parse(["--target", "nothing"]), [], output), Is.EqualTo(2));
        Assert.That(output.ToString(), Does.Contain("name: nothing wrong").And.Contain("\nzip-record"));
    }
}
