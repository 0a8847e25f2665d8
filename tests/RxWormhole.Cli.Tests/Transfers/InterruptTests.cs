using System.Reactive.Linq;
using RxWormhole.Contracts;
using RxWormhole.Testing;

namespace RxWormhole.Cli.Tests.Transfers;

/// <summary>Ctrl-C at any moment: within two seconds it is over, the server and the other side know, and nothing is left but what can be gone on with.</summary>
public sealed class InterruptTests : CommandFixture
{
    [Test]
    public void WhileWaiting_EndsLonely()
    {
        var (alice, _) = Sending(Text("hello"));
        Interrupt(alice);
        Assert.That(Closings(), Has.Some.Contains("lonely"));
        Assert.That(Rendezvous.LeftBehind, Is.Empty);
    }

    [Test]
    public void WhileClosingAfterSuccess_IsASuccessAtOnce()
    {
        Rendezvous.Client("alice").Faults = LinkFaults.None.Losing(frame => frame.Type == "close" || frame.Text.Contains("\"closed\"", StringComparison.Ordinal));
        var (alice, code) = Sending(Text("hello"));
        Receive(code);
        for (var i = 0; i < 100 && alice.FrontEnd.Done is null; i++)
            Advance(0.1);
        Advance(0.5);
        Assert.That((alice.FrontEnd.Done?.What, alice.Result.IsCompleted), Is.EqualTo(("text message sent", false)));
        alice.Interrupt();
        Advance(0.1);
        Assert.That(alice.ExitCode, Is.EqualTo(ExitCode.Success));
        EventSchema.AssertEnded(alice.FrontEnd.Lines);
    }

    [Test]
    public void BeforeTheServerAnswers_Ends()
    {
        Rendezvous.Client("alice").Faults = new() { Latency = TimeSpan.FromMinutes(10) };
        var alice = Send(Text("hello"));
        Advance(0.5);
        Interrupt(alice);
    }

    [Test]
    public void WhileAsked_Ends([Values("accept", "verifier")] string question)
    {
        var verifying = Usual with { Verify = question == "verifier", AcceptFile = false };
        var (alice, code) = Sending(Paths("/home/a.bin"), verifying, new ScriptedFrontEnd().Answer("verifier", Observable.Never<string>()), Files(("/home/a.bin", 1000)));
        var bob = Receive(code, verifying, new ScriptedFrontEnd().Answer(question, Observable.Never<string>()));
        Advance(5);
        Interrupt(bob);
        Assert.That(Closings(), Has.Some.Contains("errory"));
        AdvanceToEnd(alice);
        Assert.That(alice.ExitCode, Is.EqualTo(ExitCode.Rejected).Or.EqualTo(ExitCode.Transfer));
    }

    [Test]
    public void WhileTheOtherSideIsAsked_TakesTheQuestionBack([Values("accept", "verifier")] string question)
    {
        var verifying = Usual with { Verify = question == "verifier", AcceptFile = false };
        var (alice, code) = Sending(Paths("/home/a.bin"), verifying, Never(), Files(("/home/a.bin", 1000)));
        var bob = Receive(code, verifying, Never());
        Advance(5);
        Interrupt(alice);
        AdvanceToEnd(bob);
        Assert.That(bob.ExitCode, Is.EqualTo(ExitCode.Rejected));
    }

    [Test]
    public void WhileATextIsAskedFor_Ends()
    {
        var alice = Send(Paths(), frontEnd: new ScriptedFrontEnd().Answer("Text to send", Observable.Never<string>()));
        Advance(5);
        Interrupt(alice);
        Assert.That(Rendezvous.Transcript.Entries, Is.Empty);
    }

    [Test]
    public void WhileACodeIsTyped_Ends()
    {
        var bob = Receive(null, frontEnd: new ScriptedFrontEnd().Answer("code", Observable.Never<string>()));
        Advance(5);
        Interrupt(bob);
    }

    [Test]
    public void WhileBytesMove_TellsTheOtherSideAndLeavesNothingButAPart([Values] bool isSender)
    {
        var disk = Files(("/home/a.bin", 5_000_000));
        disk.BytesPerSecond = 200_000;
        var (alice, code) = Sending(Paths("/home/a.bin"), files: disk);
        var bob = Receive(code);
        Advance(10);
        Assert.That(bob.FrontEnd.Events.OfType<CliEvent.Progress>().Last().Value.Bytes, Is.GreaterThan(0).And.LessThan(5_000_000));
        var (first, other) = isSender ? (alice, bob) : (bob, alice);
        Interrupt(first);
        AdvanceToEnd(other);
        Assert.That(other.ExitCode, Is.EqualTo(ExitCode.Transfer));
        Assert.That(other.FrontEnd.Failure!.Message, Does.Contain("cancelled"));
        Assert.That(bob.Files.Paths.Where(path => path.Length > 4 && path.StartsWith("/to/", StringComparison.Ordinal)), Has.All.EndsWith(".rxwormhole-part"));
        Assert.That(bob.Files.Open, Is.Zero);
        Assert.That(Network.LeftBehind, Is.Empty);
        Assert.That(Rendezvous.LeftBehind, Is.Empty);
    }

    private static ScriptedFrontEnd Never() => new ScriptedFrontEnd().Answer("verifier", Observable.Never<string>()).Answer("accept", Observable.Never<string>());

    private void Interrupt(Side side)
    {
        Assert.That(side.Result.IsCompleted, Is.False, () => string.Join('\n', side.FrontEnd.Lines));
        side.Interrupt();
        Advance(1.6);
        Assert.That(side.Result.IsCompleted, Is.True, () => string.Join('\n', side.FrontEnd.Lines));
        Assert.That(side.ExitCode, Is.EqualTo(ExitCode.Interrupted));
        EventSchema.AssertEnded(side.FrontEnd.Lines);
    }

    private IEnumerable<string> Closings() => Rendezvous.Transcript.Entries.Select(entry => entry.Frame?.ToString() ?? "").Where(text => text.Contains("close", StringComparison.Ordinal));
}
