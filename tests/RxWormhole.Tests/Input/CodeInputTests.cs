using System.Reactive.Linq;
using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Input;

[TestFixture(LinkMode.Push)]
[TestFixture(LinkMode.Poll)]
public sealed class CodeInputTests(LinkMode mode) : VirtualTimeFixture
{
    [Test]
    public void TypedWithCompletion_BothSidesMeet()
    {
        var code = Allocate("alice");
        using var bob = Wormhole.Create(Typing());
        var input = bob.InputCode();
        Advance(2);
        var (nameplate, words) = (code.Split('-')[0], code.Split('-', 2)[1]);
        Assert.That(input.NameplateCompletions(""), Is.EqualTo(new[] { nameplate + "-" }));
        input.ChooseNameplate(nameplate);
        Advance(2);
        var completed = input.WordCompletions(words[..^2]);
        Assert.That(completed, Does.Contain(words));
        var verifier = Record(bob.Verifier);
        input.ChooseWords(words);
        Advance(5);
        Assert.That(verifier.Values, Has.Count.EqualTo(1));
    }

    [Test]
    public void WordsBeforeTheNameplate_AreRefused()
    {
        using var bob = Wormhole.Create(Typing());
        var input = bob.InputCode();
        Assert.That(() => input.WordCompletions("c"), Throws.TypeOf<WormholeUsageException>().With.Message.Contains("nameplate first"));
        var words = Record(input.ChooseWords("purple-sausages"));
        Advance(1);
        Assert.That(words.Error, Is.TypeOf<WormholeUsageException>().With.Message.Contains("nameplate first"));
        Assert.That(Record(bob.Code).IsOver, Is.False, "a wrong call ends no session");
    }

    [Test]
    public void NameplateAndWords_AreChosenOnce()
    {
        using var bob = Wormhole.Create(Typing());
        var input = bob.InputCode();
        var first = Record(input.ChooseNameplate("7"));
        var second = Record(input.ChooseNameplate("8"));
        Advance(2);
        Assert.That(first.Values, Has.Count.EqualTo(1));
        Assert.That(second.Error, Is.TypeOf<WormholeUsageException>().With.Message.Contains("already"));
        Assert.That(() => input.NameplateCompletions("7"), Throws.TypeOf<WormholeUsageException>());

        var words = Record(input.ChooseWords("purple-sausages"));
        var others = Record(input.ChooseWords("other-words"));
        var refresh = Record(input.Refresh());
        Advance(2);
        Assert.That(words.Values, Is.EqualTo(new[] { "7-purple-sausages" }));
        Assert.That(others.Error, Is.TypeOf<WormholeUsageException>().With.Message.Contains("already"));
        Assert.That(refresh.Error, Is.TypeOf<WormholeUsageException>());
        Assert.That(() => input.WordCompletions("p"), Throws.TypeOf<WormholeUsageException>());
        Assert.That(Record(bob.Code, 1).Values, Is.EqualTo(new[] { "7-purple-sausages" }));
        Assert.That(Sent("claim"), Is.EqualTo(1));
    }

    [TestCase("")]
    [TestCase("seven")]
    [TestCase("-1")]
    [TestCase("12345678901234567890123456789012345678901")]
    public void WhatIsNoNameplate_IsAnArgumentErrorAndMayBeMended(string nameplate)
    {
        using var bob = Wormhole.Create(Typing());
        var input = bob.InputCode();
        Assert.That(() => input.ChooseNameplate(nameplate), Throws.ArgumentException);
        var mended = Record(input.ChooseNameplate("7"));
        Advance(2);
        Assert.That(mended.Values, Has.Count.EqualTo(1));
    }

    [TestCase("purple sausages")]
    [TestCase(" ")]
    public void WhatAreNoWords_IsAnArgumentErrorAndMayBeMended(string words)
    {
        using var bob = Wormhole.Create(Typing());
        var input = bob.InputCode();
        input.ChooseNameplate("7");
        Assert.That(() => input.ChooseWords(words), Throws.ArgumentException);
        var mended = Record(input.ChooseWords("purple-sausages"));
        Advance(2);
        Assert.That(mended.Values, Is.EqualTo(new[] { "7-purple-sausages" }));
    }

    [Test]
    public void Words_AreCompletedOnceTheClaimWasAnswered()
    {
        using var bob = Wormhole.Create(Typing());
        var input = bob.InputCode();
        var chosen = Record(input.ChooseNameplate("7"));
        Assert.That(input.WordCompletions("purp"), Is.Empty);
        Advance(2);
        Assert.That(chosen.IsCompleted, Is.True);
        Assert.That(input.WordCompletions("alkal"), Is.Empty.Or.All.StartsWith("alkal"));
        Assert.That(input.WordCompletions("").Count, Is.EqualTo(256));
        Assert.That(input.WordCompletions("", words: 1), Has.None.EndsWith("-"));
    }

    [Test]
    public void Refresh_ShowsNameplatesThatCameMeanwhile()
    {
        using var bob = Wormhole.Create(Typing());
        var input = bob.InputCode();
        var lists = Record(input.Nameplates);
        Advance(2);
        Assert.That(lists.Values[^1], Is.Empty);
        var nameplate = Allocate("alice").Split('-')[0];
        var refreshed = Record(input.Refresh());
        Advance(2);
        Assert.That(refreshed.Values.Single(), Is.EqualTo(new[] { nameplate }));
        Assert.That(lists.Values[^1], Is.EqualTo(new[] { nameplate }));
        Assert.That(input.NameplateCompletions(nameplate[..1]), Is.EqualTo(new[] { nameplate + "-" }));
    }

    [Test]
    public void LinkIsLostAfterAnyFrameWhileTyping_TheyMeetAndTheClaimHoldsOnce([Range(1, 12)] int frames)
    {
        var code = Allocate("alice");
        Rendezvous.Client("bob").Faults = new LinkFaults { CutAfter = [frames] };
        using var bob = Wormhole.Create(Typing());
        var input = bob.InputCode();
        var verifier = Record(bob.Verifier);
        Advance(3);
        input.ChooseNameplate(code.Split('-')[0]);
        Advance(3);
        input.ChooseWords(code.Split('-', 2)[1]);
        Advance(30);
        Assert.That(verifier.Values, Has.Count.EqualTo(1), () => $"{verifier.Error} {Rendezvous.Transcript}");
    }

    [Test]
    public void CrowdedNameplate_EndsWithWhatToDo()
    {
        // Two that claimed the nameplate and have not met yet, because they never opened the mailbox.
        var nameplate = Allocate("alice").Split('-')[0];
        using var carol = Wormhole.Create(Options("carol"));
        carol.InputCode().ChooseNameplate(nameplate);
        Advance(1);
        using var bob = Wormhole.Create(Typing());
        var code = Record(bob.Code);
        var chosen = Record(bob.InputCode().ChooseNameplate(nameplate), 3);
        Assert.That(chosen.Error, Is.TypeOf<ServerException>().With.Property("Fault").EqualTo(ServerFault.Crowded).And.Message.Contains("agree on a new one"));
        Assert.That(code.Error, Is.SameAs(chosen.Error));
    }

    [Test]
    public void ClosedWhileTyping_GivesTheNameplateBackAndEndsWhatWaits()
    {
        var bob = Wormhole.Create(Typing());
        var input = bob.InputCode();
        var lists = Record(input.Nameplates);
        input.ChooseNameplate("7");
        Advance(2);
        var code = Record(bob.Code);
        var closed = Record(bob.Close());
        Advance(6);
        Assert.That(closed.Values.Single(), Is.EqualTo(new CloseResult(Mood.Lonely, true)));
        Assert.That(code.Error, Is.TypeOf<WormholeClosedException>());
        Assert.That(lists.IsCompleted, Is.True);
        Assert.That(Record(input.ChooseWords("purple-sausages"), 1).Error, Is.TypeOf<WormholeClosedException>());
        Assert.That(Rendezvous.LeftBehind, Is.Empty);
    }

    [Test]
    public void RestoredWhileTyping_GoesOnWithTheWords()
    {
        var code = Allocate("alice");
        var stored = new List<string>();
        var first = Wormhole.Create(Typing());
        first.Checkpoints.Subscribe(checkpoint => stored.Add(checkpoint.ToJson()));
        first.InputCode().ChooseNameplate(code.Split('-')[0]);
        Advance(2);
        first.Dispose();
        Advance(1);

        using var second = Wormhole.Restore(Checkpoint.Parse(stored[^1]), Typing());
        Assert.That(Record(second.Resume(), 1).Error, Is.TypeOf<WormholeUsageException>().With.Message.Contains("InputCode"));
        var input = second.InputCode();
        Assert.That(Record(input.ChooseNameplate("9"), 1).Error, Is.TypeOf<WormholeUsageException>());
        var verifier = Record(second.Verifier);
        var chosen = Record(input.ChooseWords(code.Split('-', 2)[1]));
        Advance(5);
        Assert.That(chosen.Values, Is.EqualTo(new[] { code }));
        Assert.That(verifier.Values, Has.Count.EqualTo(1), () => $"{verifier.Error} {Rendezvous.Transcript}");
    }

    private WormholeOptions Typing() => Options("bob") with { Mode = mode };

    private string Allocate(string client)
    {
        var alice = Wormhole.Create(Options(client));
        var code = Record(alice.AllocateCode());
        Advance(1);
        return code.Values.Single();
    }

    private int Sent(string type) => Rendezvous.Transcript.From("bob").Count(frame => frame.Type == type);

    private Recorder<T> Record<T>(IObservable<T> stream, double seconds)
    {
        var recorder = Record(stream);
        Advance(seconds);
        return recorder;
    }
}
