using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Closing;

/// <summary>Closing before there is a whole code: what the server has given is given back.</summary>
[TestFixture(LinkMode.Push)]
[TestFixture(LinkMode.Poll)]
public sealed class CloseWhileGettingACodeTests(LinkMode mode) : ClosingFixture
{
    [Test]
    public void AtEveryMomentOfAllocating_NoNameplateIsLeftAndTheVerbFails()
    {
        // From the dial to the pong behind open: the link, welcome, bind and allocate, allocated, claimed.
        var outcomes = new HashSet<bool>();
        for (var ms = 0; ms < 60; ms++)
        {
            ClearContext();
            using var a = Wormhole.Create(Options("alice") with { Mode = mode });
            var code = Record(a.AllocateCode());
            Advance(ms / 1000.0);
            var closed = Record(a.Close());
            Advance(1);
            Assert.That(closed.Values, Is.EqualTo(new[] { new CloseResult(Mood.Lonely, true) }), $"{ms} ms");
            AssertNothingLeft("alice", $"{ms} ms");
            Assert.That(Rendezvous.Client("alice").LinksOpen, Is.Zero);
            Assert.That(code.IsOver, Is.True);
            Assert.That(code.Values.Count == 1 || code.Error is WormholeClosedException, Is.True);
            outcomes.Add(code.Error is null);
        }

        Assert.That(outcomes, Has.Count.EqualTo(2), "some closed before, some after");
    }

    [Test]
    public void AllocateThatIsNotAnswered_IsWaitedForNoLongerThanFiveSeconds()
    {
        Rendezvous.Client("alice").Faults = new LinkFaults().Losing(frame => frame.Type == "allocate");
        using var a = Wormhole.Create(Options("alice") with { Mode = mode });
        a.AllocateCode().Subscribe(_ => { }, _ => { });
        Advance(1);
        var closed = Record(a.Close());
        Advance(10);
        Assert.That(closed.EndedAt, Is.EqualTo(6).Within(0.001));
        Assert.That(closed.Values.Single(), Is.EqualTo(new CloseResult(Mood.Lonely, false)));
    }

    [Test]
    public void Typing_BeforeTheNameplateNothingIsClaimed()
    {
        using var a = Wormhole.Create(Options("alice") with { Mode = mode });
        var input = a.InputCode();
        var listed = Record(input.Refresh());
        var words = Record(input.ChooseWords("a-b"));
        Advance(1);
        Assert.That(listed.IsCompleted, Is.True);
        Assert.That(words.Error, Is.InstanceOf<WormholeUsageException>());
        var closed = Record(a.Close());
        Advance(1);
        Assert.That(closed.Values.Single(), Is.EqualTo(new CloseResult(Mood.Lonely, true)));
        Assert.That(TypesOf("alice"), Does.Not.Contain("claim"));
    }

    [Test]
    public void Typing_AfterTheNameplateItIsGivenBack()
    {
        for (var ms = 0; ms < 60; ms++)
        {
            ClearContext();
            using var a = Wormhole.Create(Options("alice") with { Mode = mode });
            var input = a.InputCode();
            var (chosen, code, nameplates) = (Record(input.ChooseNameplate("4")), Record(a.Code), Record(input.Nameplates));
            Advance(ms / 1000.0);
            var closed = Record(a.Close());
            var late = Record(input.ChooseWords("a-b"));
            Advance(1);
            Assert.That(closed.Values, Is.EqualTo(new[] { new CloseResult(Mood.Lonely, true) }), $"{ms} ms");
            AssertNothingLeft("alice", $"{ms} ms");
            Assert.That(chosen.IsOver && nameplates.IsCompleted, Is.True);
            Assert.That(new[] { code.Error, late.Error }, Is.All.InstanceOf<WormholeClosedException>());
        }
    }

    [Test]
    public void Typing_WaitingListsFail()
    {
        Rendezvous.Client("alice").Faults = new LinkFaults().Losing(frame => frame.Type == "list");
        using var a = Wormhole.Create(Options("alice") with { Mode = mode });
        var input = a.InputCode();
        var refresh = Record(input.Refresh());
        Advance(1);
        a.Close();
        Advance(1);
        Assert.That(refresh.Error, Is.InstanceOf<WormholeClosedException>());
        Assert.That(() => input.WordCompletions("a"), Throws.InstanceOf<WormholeUsageException>());
    }
}
