using System.Reactive.Disposables;
using System.Reactive.Linq;

namespace RxWormhole.Cli.Tests.FrontEnds;

/// <summary>What people are told and asked.</summary>
public sealed class ConsoleFrontEndTests : ConsoleFixture
{
    [Test]
    public void EndlessMotd_IsBoundedAndHarmless()
    {
        using var frontEnd = Make();
        frontEnd.Tell(new CliEvent.Motd(new Uri("ws://server.example/v1"), "hello\n\e[2J" + new string('x', 1_000_000) + string.Concat(Enumerable.Repeat("\n", 100_000))));
        Assert.That(Shown, Does.StartWith("Server (at ws://server.example/v1) says:\n  hello\n  \\u{1b}[2Jxxx"));
        Assert.That(Shown, Has.Length.LessThan(3000));
    }

    [Test]
    public void NamesOfTheOtherSide_AreHarmless()
    {
        using var frontEnd = Make();
        frontEnd.Tell(new CliEvent.Offer(IsOurs: false, OfferKind.Several, "x", 5, 20) { Names = [.. Enumerable.Repeat("a\e[1m" + new string('n', 1000), 1000)] });
        frontEnd.Tell(new CliEvent.Error(new Failure(ExitCode.Transfer, "The other side says: \u202e\r", "Try [red]again[/].")));
        Assert.That(Shown.Where(char.IsControl).Distinct(), Is.EqualTo("\n"));
        Assert.That(Shown.Contains('\u202e', StringComparison.Ordinal), Is.False);
        Assert.That(Shown, Does.Contain("and 990 more (20 files, 5 bytes)").And.EndWith("Try [red]again[/].\n"));
        Assert.That(Shown, Has.Length.LessThan(3000));
    }

    [Test]
    public void CommandForTheOtherSide_IsWhole()
    {
        using var frontEnd = Make();
        var command = $"rxwormhole receive --relay-url ws://{new string('h', 600)}/v1 7-a-b";
        frontEnd.Tell(new CliEvent.Code("7-a-b", IsNew: true, Link: null, command));
        Assert.That(Shown, Does.Contain($"  {command}\n"));
    }

    [Test]
    public void AnswerOfAPipe_IsShown()
    {
        using var frontEnd = Make(input: "perhaps\ny\n");
        Assert.That(Answer(frontEnd.Ask(Question.YesNo("accept", "Accept it?", usual: true))), Is.EqualTo("yes"));
        Assert.That(Shown, Is.EqualTo("Accept it? (Y/n): perhaps\nPlease answer yes or no.\nAccept it? (Y/n): y\n"));
    }

    [Test]
    public void EndlessNonsense_IsNo()
    {
        using var frontEnd = Make(input: string.Concat(Enumerable.Repeat("what?\n", 1000)));
        Assert.That(Answer(frontEnd.Ask(Question.YesNo("verifier", "The same?", usual: null))), Is.EqualTo("no"));
    }

    [Test]
    public void EndOfInput_IsTold()
    {
        using var frontEnd = Make();
        Assert.That(() => Answer(frontEnd.AskText("Text to send")), Throws.InstanceOf<EndOfStreamException>());
    }

    [Test]
    public void EndOfInputAtATerminal_IsTold()
    {
        using var frontEnd = Make(isLive: true);
        Type("a\b\x4");
        Assert.That(() => Answer(frontEnd.AskText("Text to send")), Throws.InstanceOf<EndOfStreamException>());
    }

    [Test]
    public void QuestionTakenBack_LeavesItsRowAndTheKeysToTheNext()
    {
        using var frontEnd = Make(isLive: true);
        using (frontEnd.Ask(Question.YesNo("accept", "Accept it?", usual: true)).Subscribe())
            WaitFor("Accept it? (Y/n): ");
        frontEnd.Tell(new CliEvent.Note("Next."));
        Assert.That(Shown, Does.EndWith("Accept it? (Y/n): \nNext.\n"));
        Type("hello\r");
        Assert.That(Answer(frontEnd.AskText("Text")), Is.EqualTo("hello"));
    }

    [Test]
    public void QuestionBehindAQuestion_StaysWhenTheFirstIsOver()
    {
        using var frontEnd = Make(isLive: true);
        using var next = new SerialDisposable();
        using var isOver = new ManualResetEventSlim();
        using var first = frontEnd.AskText("One")
            .Do(_ =>
            {
                next.Disposable = frontEnd.AskText("Two").Subscribe();
                WaitFor("Two: ");
            })
            .Finally(isOver.Set)
            .Subscribe();
        Type("1\r");
        Assert.That(isOver.Wait(TimeSpan.FromSeconds(30)), Is.True);
        Assert.That(Shown, Does.EndWith("One: 1\nTwo: "), "it is still asked");
    }

    [Test]
    public void LineWhileSomebodyIsAsked_ComesAboveThePrompt()
    {
        using var frontEnd = Make(isLive: true);
        using var asked = frontEnd.AskText("Text").Subscribe();
        WaitFor("Text: ");
        frontEnd.Tell(new CliEvent.Note("By the way."));
        Assert.That(Shown, Does.EndWith("Text: \r\e[0JBy the way.\nText: "));
    }

    [Test]
    public void LongQuestion_HasARowOfItsOwn()
    {
        using var frontEnd = Make(isLive: true, width: 40);
        using var asked = frontEnd.Ask(new Question("existing", $"'{new string('x', 60)}' is there already.", [new Choice("rename", "takes another"), new Choice("no")], "no")).Subscribe();
        WaitFor("x' is there already.\n  rename: takes another\n(rename/No): ");
    }

    [Test]
    public void WaitingForAMoment_IsNotTold()
    {
        using var frontEnd = Make();
        var waiting = new CliEvent.Status(new WormholeStatus { Stage = WormholeStage.WaitingForPeer });
        frontEnd.Tell(waiting);
        Clock.AdvanceBy(TimeSpan.FromSeconds(0.9).Ticks);
        Assert.That(Shown, Is.Empty);
        Clock.AdvanceBy(TimeSpan.FromSeconds(0.1).Ticks);
        frontEnd.Tell(waiting);
        Clock.AdvanceBy(TimeSpan.FromSeconds(10).Ticks);
        Assert.That(Shown, Is.EqualTo("Waiting for the other side...\n"));
    }

    [Test]
    public void LinkIsLostAgainAndAgain_IsToldOnceWhereNothingCanBeWrittenOver([Values] bool isLive)
    {
        using var frontEnd = Make(isLive);
        frontEnd.Tell(new CliEvent.Status(new WormholeStatus { Stage = WormholeStage.WaitingForPeer, Link = new LinkStatus.Up(new Protocol.WelcomeInfo()) }));
        for (var attempt = 1; attempt < 100; attempt++)
        {
            frontEnd.Tell(new CliEvent.Status(new WormholeStatus { Stage = WormholeStage.WaitingForPeer, Link = new LinkStatus.Lost("reset\e", TimeSpan.FromSeconds(attempt)) }));
            frontEnd.Tell(new CliEvent.Status(new WormholeStatus { Stage = WormholeStage.WaitingForPeer, Link = new LinkStatus.Dialling(attempt) }));
        }

        Assert.That(Shown.Split('\n'), Has.Length.EqualTo(isLive ? 1 : 2));
        Assert.That(Shown, Does.Contain(@"Connection to the server lost (reset\u{1b}), next attempt in 1 s"));
    }

    [Test]
    public void Progress_IsQuietWithoutATerminal()
    {
        using var frontEnd = Make();
        frontEnd.Tell(new CliEvent.Progress(new TransferProgress { Stage = TransferStage.Moving, Bytes = 1, Total = 2 }));
        frontEnd.Tell(new CliEvent.Progress(new TransferProgress { Stage = TransferStage.Done, Bytes = 2, Total = 2 }));
        Assert.That(Shown, Is.Empty);
    }

    [Test]
    public void ProgressThatBreaksOff_IsLeft()
    {
        using var frontEnd = Make(isLive: true, width: 20);
        frontEnd.Tell(new CliEvent.Progress(new TransferProgress { Stage = TransferStage.Moving, Bytes = 1, Total = 4 }));
        frontEnd.Tell(new CliEvent.Error(new Failure(ExitCode.Transfer, "Broken.")));
        Assert.That(Shown, Does.EndWith(" 25%  ━━━──────────\nrxwormhole: Broken.\n"));
    }

    [Test]
    public void ConnectionIsLostWhileBytesMove_RowStaysUntilThereIsMoreToTell()
    {
        using var frontEnd = Make(isLive: true, width: 40);
        frontEnd.Tell(new CliEvent.Progress(new TransferProgress { Stage = TransferStage.Moving, Bytes = 1, Total = 4 }));
        frontEnd.Tell(new CliEvent.Progress(new TransferProgress { Stage = TransferStage.Connecting, Bytes = 1, Total = 4 }));
        Assert.That(Shown, Does.EndWith("1 byte of 4 bytes"));
        Clock.AdvanceBy(TimeSpan.FromSeconds(1).Ticks);
        Assert.That(Shown, Does.EndWith("\r\e[0JConnecting to the other side..."));
        frontEnd.Tell(new CliEvent.Error(new Failure(ExitCode.Transfer, "Broken.")));
        Assert.That(Shown, Does.EndWith("1 byte of 4 bytes\nrxwormhole: Broken.\n"));
    }
}
