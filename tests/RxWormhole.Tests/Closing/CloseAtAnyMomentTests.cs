using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole.Tests.Closing;

/// <summary>A session that is closed at any moment leaves nothing on the server, answers every verb and takes five seconds at most.</summary>
public sealed class CloseAtAnyMomentTests : ClosingFixture
{
    // In steps of one hop and back: the first poll with everything a push link does, and the polls half a second later, which pair.
    private static readonly double[] Moments = [.. Enumerable.Range(0, 15).Select(i => i * 0.01), .. Enumerable.Range(0, 15).Select(i => 0.5 + i * 0.01)];

    [TestCase(LinkMode.Push, LinkMode.Push)]
    [TestCase(LinkMode.Push, LinkMode.Poll)]
    [TestCase(LinkMode.Poll, LinkMode.Push)]
    [TestCase(LinkMode.Poll, LinkMode.Poll)]
    public void OneSideClosesAtAnyMoment_NothingIsLeftOnTheServer(LinkMode alice, LinkMode bob)
    {
        var moods = new HashSet<Mood>();
        foreach (var moment in Moments)
        {
            var closed = CloseAfter(moment, alice, bob, () => { });
            moods.Add(closed[0].Mood);
            Assert.That(closed.Select(each => each.Acknowledged), Is.All.True, () => $"{moment}\n{Rendezvous.Transcript}");
        }

        Assert.That(moods, Is.EquivalentTo(new[] { Mood.Lonely, Mood.Happy }), "closed before and after the pairing");
    }

    [TestCase(LinkMode.Push)]
    [TestCase(LinkMode.Poll)]
    public void TheLinkIsCutWhileClosing_NothingIsLeftButWhatAllocateLeaks(LinkMode mode)
    {
        var acknowledged = 0;
        foreach (var moment in Moments)
            acknowledged += CloseAfter(moment, mode, mode, CutALittleLater)[0].Acknowledged ? 1 : 0;
        Assert.That(acknowledged, Is.GreaterThan(25), "the others were dialling, and a dial that fails is not tried again");
    }

    private void CutALittleLater()
    {
        Advance(0.012);
        Rendezvous.Client("alice").Cut();
    }

    private CloseResult[] CloseAfter(double seconds, LinkMode alice, LinkMode bob, Action then)
    {
        ClearContext();
        using var a = Wormhole.Create(Options("alice") with { Mode = alice });
        using var b = Wormhole.Create(Options("bob") with { Mode = bob });
        var code = Record(a.AllocateCode());
        b.Send("from bob").Subscribe(_ => { }, _ => { });
        var verbs = new[] { a.Send("one").Select(_ => ""), a.Send("two").Select(_ => ""), a.Receive().Select(_ => ""), a.Verifier.Select(_ => ""), a.DeriveKey("p", 8).Select(_ => "") }
            .Select(verb => Record(verb))
            .Append(code)
            .ToArray();
        var bobs = Record(b.Messages);
        var isSet = false;
        for (var now = 0.0; now < seconds - 1e-9; now += 0.01)
        {
            Advance(0.01);
            if (!isSet && code.Values.Count > 0)
            {
                isSet = true;
                b.SetCode(code.Values[0]).Subscribe(_ => { }, _ => { });
            }
        }

        var begin = Now;
        var closed = Record(a.Close());
        then();
        Advance(5.001);
        Assert.That(closed.IsCompleted, Is.True, () => $"{seconds}\n{Rendezvous.Transcript}");
        Assert.That(verbs.Select(verb => verb.IsOver), Is.All.True, () => $"{seconds}: a verb stays empty\n{Rendezvous.Transcript}");
        var closedByBob = Record(b.Close());
        Advance(5.001);
        var leaks = TypesOf("alice").Contains("allocate") && code.Values.Count == 0;
        if (leaks || !closed.Values.Single().Acknowledged)
            Assert.That(NameplatesLeft, Is.LessThanOrEqualTo(1));
        else
            AssertNothingLeft("alice", $"{seconds}");
        Assert.That(bobs.Values.Select(message => message.Text), Is.EqualTo(new[] { "one", "two" }.Take(bobs.Values.Count)));
        return [closed.Values.Single(), closedByBob.Values.Single()];
    }
}
