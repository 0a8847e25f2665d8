using System.Reactive.Linq;

namespace RxWormhole.Cli.Tests.FrontEnds;

/// <summary>What comes from standard input in place of an answer.</summary>
public sealed class AnswerLinesTests
{
    [TestCase(1, 0xff, "no UTF-8 text")]
    [TestCase(70_000, 'x', "too long")]
    public void WhatIsNoLineOfText_IsAUsageErrorWithAdvice(int count, int each, string message)
    {
        var lines = new AnswerLines(() => new MemoryStream([.. Enumerable.Repeat((byte)each, count), (byte)'\n']));
        var failed = Assert.Throws<FailedException>(() => lines.Next.Timeout(TimeSpan.FromSeconds(30)).Wait());
        Assert.That((failed!.Failure.Kind, failed.Failure.Message), Is.EqualTo((ExitCode.Usage, failed.Failure.Message)));
        Assert.That(failed.Failure.Message, Does.Contain(message));
        Assert.That(failed.Failure.Advice, Does.Contain("rxwormhole send -"));
    }
}
