using System.Reactive.Linq;
using RxWormhole.Contracts;
using RxWormhole.Protocol;

namespace RxWormhole.Cli.Tests.Transfers;

/// <summary>What goes wrong: each kind has an exit code, one error event, and advice; and the other side knows.</summary>
public sealed class FailureTests : CommandFixture
{
    [Test]
    public void MissingFile_IsFoundBeforeAnybodyIsCalled()
    {
        var alice = Send(Paths("/home/nothing"));
        Advance(0.1);
        AssertFailed(alice, ExitCode.LocalFile, "'/home/nothing' is not there");
        Assert.That(Rendezvous.Transcript.Entries, Is.Empty);
    }

    [Test]
    public void TwoPathsOfTheSameName_AreFoundBeforeAnybodyIsCalled()
    {
        var alice = Send(Paths("/home/a/x.bin", "/home/b/x.bin"), files: Files(("/home/a/x.bin", 1), ("/home/b/x.bin", 1)));
        Advance(0.1);
        AssertFailed(alice, ExitCode.LocalFile, "'/home/b/x.bin' has the same name as '/home/a/x.bin'", "Rename one");
        Assert.That(Rendezvous.Transcript.Entries, Is.Empty);
    }

    [Test]
    public void MissingTargetFolder_IsFoundBeforeAnybodyIsCalled()
    {
        var bob = Receive("7-a-b", Usual with { OutputDir = "/nowhere" });
        Advance(0.1);
        AssertFailed(bob, ExitCode.LocalFile, "There is no folder '/nowhere'");
        Assert.That(Rendezvous.Transcript.Entries, Is.Empty);
    }

    [Test]
    public void TargetFolderThatCannotBeWrittenTo_IsFoundBeforeAnybodyIsCalled()
    {
        var disk = Files();
        disk.Forbid("/to");
        var bob = Receive("7-a-b", files: disk);
        Advance(0.1);
        AssertFailed(bob, ExitCode.LocalFile, "Nothing can be written to '/to'", "--output-dir");
        Assert.That(Rendezvous.Transcript.Entries, Is.Empty);
    }

    [Test]
    public void StandardInputAmongFiles_IsAUsageError()
    {
        var alice = Send(Paths("/home/a.bin", "-"), files: Files(("/home/a.bin", 1)));
        Advance(0.1);
        AssertFailed(alice, ExitCode.Usage, advice: "tar");
    }

    [Test]
    public void EventsAndPayloadOnStandardOutput_IsAUsageError()
    {
        var bob = Receive("7-a-b", Usual with { Json = true }, request: new ReceiveRequest { Output = "-" });
        Advance(0.1);
        AssertFailed(bob, ExitCode.Usage);
    }

    [Test]
    public void FolderToStandardOutput_IsTurnedDown()
    {
        var (alice, code) = Sending(Paths("/home/album"), files: Files(("/home/album/a.bin", 1000)));
        var bob = Receive(code, request: new ReceiveRequest { Output = "-" });
        AdvanceToEnd(alice, bob);
        AssertFailed(bob, ExitCode.Rejected, "cannot go to standard output");
        AssertFailed(alice, ExitCode.Rejected);
    }

    [TestCase("seven-a-b")]
    [TestCase("")]
    [TestCase("7")]
    public void BadCode_IsFoundBeforeAnybodyIsCalled(string code)
    {
        var bob = Receive(code);
        Advance(0.1);
        AssertFailed(bob, ExitCode.Usage);
        Assert.That(Rendezvous.Transcript.Entries, Is.Empty);
    }

    [Test]
    public void WrongCode_IsToldToBoth()
    {
        var (alice, code) = Sending(Text("secret"));
        var bob = Receive($"{code.Split('-')[0]}-guess-work");
        AdvanceToEnd(alice, bob);
        AssertFailed(alice, ExitCode.WrongCode);
        AssertFailed(bob, ExitCode.WrongCode);
        Assert.That(Rendezvous.LeftBehind, Is.Empty);
    }

    [Test]
    public void NobodyCame_EndsWhenTheTimeIsOver()
    {
        var (alice, _) = Sending(Text("hello"), Usual with { Timeout = TimeSpan.FromSeconds(90) });
        Advance(100);
        AssertFailed(alice, ExitCode.NobodyCame, "Nobody came within 90 s.");
        Assert.That(Rendezvous.LeftBehind, Is.Empty);
    }

    [Test]
    public void WithoutTimeout_ItWaitsForDays()
    {
        var (alice, code) = Sending(Text("hello"));
        Advance(TimeSpan.FromDays(3).TotalSeconds);
        var bob = Receive(code);
        AdvanceToEnd(alice, bob);
        Assert.That((alice.ExitCode, bob.ExitCode), Is.EqualTo((ExitCode.Success, ExitCode.Success)));
    }

    [Test]
    public void SomebodyCameAndItWasNotSettled_IsToldAsThat()
    {
        var (alice, code) = Sending(Paths("/home/a.bin"), files: Files(("/home/a.bin", 1000)));
        var bob = Receive(code, Usual with { AcceptFile = false, Timeout = TimeSpan.FromSeconds(60) }, new ScriptedFrontEnd().Answer("accept", Observable.Never<string>()));
        Advance(70);
        AssertFailed(bob, ExitCode.NobodyCame, "not settled within 60 s.", "--timeout");
    }

    [Test]
    public void TextThatIsTooLong_IsFoundBeforeAnybodyIsCalled([Values] bool isInput)
    {
        var text = new string('x', 2 << 20);
        var alice = isInput ? Send(Text("-"), input: text) : Send(Text(text));
        Advance(0.1);
        AssertFailed(alice, ExitCode.Usage, "A text has at most 1048576 bytes", "rxwormhole send -");
        Assert.That(Rendezvous.Transcript.Entries, Is.Empty);
    }

    [Test]
    public void ServerIsDown_IsTold()
    {
        Rendezvous.Stop();
        var alice = Send(Text("hello"));
        Advance(30);
        AssertFailed(alice, ExitCode.Server);
    }

    [Test]
    public void ServerTurnsUsAway_IsTold()
    {
        Rendezvous.Welcome = new WelcomeInfo { Error = "closed on Wednesdays" };
        var alice = Send(Text("hello"));
        Advance(30);
        AssertFailed(alice, ExitCode.Server, "closed on Wednesdays");
    }

    [Test]
    public void ThirdOfTwo_IsToldThatTheCodeIsUsed()
    {
        var (alice, code) = Sending(Text("hello"));
        var bob = Receive(code);
        var carol = Receive(code, who: "carol");
        AdvanceToEnd(alice, bob, carol);
        Assert.That(new[] { bob.ExitCode, carol.ExitCode }, Does.Contain(ExitCode.WrongCode), () => string.Join('\n', [.. bob.FrontEnd.Lines, .. carol.FrontEnd.Lines]));
    }

    [Test]
    public void OfferIsTurnedDown_BothKnow()
    {
        var (alice, code) = Sending(Paths("/home/a.bin"), files: Files(("/home/a.bin", 1000)));
        var bob = Receive(code, Usual with { AcceptFile = false }, new ScriptedFrontEnd().Answer("accept", "no"));
        AdvanceToEnd(alice, bob);
        AssertFailed(alice, ExitCode.Rejected);
        AssertFailed(bob, ExitCode.Rejected);
        Assert.That(bob.Files.Paths, Has.None.Contains("a.bin"));
    }

    [Test]
    public void NobodyToAsk_TurnsTheOfferDown()
    {
        var (alice, code) = Sending(Paths("/home/a.bin"), files: Files(("/home/a.bin", 1000)));
        var bob = Receive(code, Usual with { AcceptFile = false });
        AdvanceToEnd(alice, bob);
        AssertFailed(alice, ExitCode.Rejected);
        AssertFailed(bob, ExitCode.Rejected, "standard input has ended", "--accept-file");
    }

    [Test]
    public void NobodyToTypeACodeOrAText_IsAUsageError()
    {
        foreach (var bob in new[] { Receive(null), Receive("-") })
        {
            Advance(1);
            AssertFailed(bob, ExitCode.Usage, "no code", "RXWORMHOLE_CODE");
        }

        var alice = Send(new SendRequest([], null));
        Advance(1);
        AssertFailed(alice, ExitCode.Usage, "nothing to send", "--text");
    }

    [Test]
    public void BytesThatAreNoText_AreAUsageError()
    {
        var failure = Failures.Of(new System.Text.DecoderFallbackException("Unable to translate bytes"), Usual);
        Assert.That((failure.Kind, failure.Message), Is.EqualTo((ExitCode.Usage, "What came from standard input is no UTF-8 text.")));
        Assert.That(failure.Advice, Does.Contain("rxwormhole send -"));
    }

    [Test]
    public void OnlyText_TurnsAFileDown()
    {
        var (alice, code) = Sending(Paths("/home/a.bin"), files: Files(("/home/a.bin", 1000)));
        var bob = Receive(code, request: new ReceiveRequest { OnlyText = true });
        AdvanceToEnd(alice, bob);
        AssertFailed(bob, ExitCode.Rejected, "only a text", "--only-text");
        AssertFailed(alice, ExitCode.Rejected, "only a text is accepted");
    }

    [TestCase(true)]
    [TestCase(false)]
    public void VerifiersDiffer_EndsBoth(bool isSender)
    {
        var verifying = Usual with { Verify = true };
        var (alice, code) = Sending(Text("secret"), verifying, new ScriptedFrontEnd().Answer("verifier", isSender ? Observable.Return("no") : Observable.Never<string>()));
        var bob = Receive(code, verifying, new ScriptedFrontEnd().Answer("verifier", isSender ? Observable.Never<string>() : Observable.Return("no")));
        AdvanceToEnd(isSender ? alice : bob);
        AssertFailed(isSender ? alice : bob, ExitCode.WrongCode, "The verifiers differ");
        Assert.That(bob.FrontEnd.Events.OfType<CliEvent.Message>(), Is.Empty);
        Assert.That(Rendezvous.Transcript.Entries.Select(entry => entry.Frame?.ToString() ?? ""), Has.Some.Contains("scary"));
    }

    [Test]
    public void NoSpace_IsToldToBoth()
    {
        var (alice, code) = Sending(Paths("/home/a.bin"), files: Files(("/home/a.bin", 100_000)));
        var disk = Files();
        disk.Quota = 50_000;
        var bob = Receive(code, files: disk);
        AdvanceToEnd(alice, bob);
        AssertFailed(bob, ExitCode.LocalFile, advice: "--output-dir");
        AssertFailed(alice, ExitCode.Rejected, "not enough space");
    }

    [Test]
    public void NoWayToEachOther_IsATransferFailure()
    {
        var direct = Usual with { Paths = TransitPaths.Direct, Listen = false };
        var (alice, code) = Sending(Paths("/home/a.bin"), direct, files: Files(("/home/a.bin", 1000)));
        var bob = Receive(code, direct);
        AdvanceToEnd(alice, bob);
        AssertFailed(bob, ExitCode.Transfer, advice: "relay");
        AssertFailed(alice, ExitCode.Transfer);
    }

    [Test]
    public void SourceChangesMeanwhile_IsALocalTrouble()
    {
        var disk = Files(("/home/a.bin", 1000));
        var (alice, code) = Sending(Paths("/home/a.bin"), files: disk);
        Advance(5);
        disk.AddFile("/home/a.bin", new byte[2000]);
        var bob = Receive(code);
        AdvanceToEnd(alice, bob);
        AssertFailed(alice, ExitCode.LocalFile, "changed");
        AssertFailed(bob, ExitCode.Transfer, "changed");
        Assert.That(bob.Files.Paths, Has.None.EqualTo("/to/a.bin"));
    }

    private static void AssertFailed(Side side, ExitCode code, string? message = null, string? advice = null)
    {
        var lines = string.Join('\n', side.FrontEnd.Lines);
        Assert.That(side.ExitCode, Is.EqualTo(code), lines);
        EventSchema.AssertEnded(side.FrontEnd.Lines);
        Assert.That(side.FrontEnd.Failure!.Kind, Is.EqualTo(code));
        Assert.That(side.FrontEnd.Failure.Message, message is null ? Is.Not.Empty : Does.Contain(message));
        if (advice is not null)
            Assert.That(side.FrontEnd.Failure.Advice, Does.Contain(advice));
    }
}
