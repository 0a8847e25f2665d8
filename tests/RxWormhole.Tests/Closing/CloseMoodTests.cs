using System.Reactive.Linq;
using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Closing;

/// <summary>The mood a session ends with: the earned one or a given one, the same for the application and the server.</summary>
[TestFixture(LinkMode.Push)]
[TestFixture(LinkMode.Poll)]
public sealed class CloseMoodTests(LinkMode mode) : ClosingFixture
{
    [Test]
    public void AfterTheConfirmation_MoodIsHappy()
    {
        var (a, b) = Paired(In, In);
        var closed = new[] { Record(a.Close()), Record(b.Close()) };
        Advance(1);
        AssertEnded(closed, new CloseResult(Mood.Happy, true));
        Assert.That(MoodsOf("alice").Concat(MoodsOf("bob")), Is.EqualTo(new[] { "happy", "happy" }));
    }

    [Test]
    public void WithoutAPeer_MoodIsLonely()
    {
        using var a = Wormhole.Create(In(Options("alice")));
        a.SetCode("4-a-b").Subscribe();
        Advance(2);
        var closed = Record(a.Close());
        Advance(1);
        AssertEnded([closed], new CloseResult(Mood.Lonely, true));
        Assert.That(MoodsOf("alice"), Is.EqualTo(new[] { "lonely" }));
    }

    [Test]
    public void PeerIsThereButHasProvenNothing_MoodIsLonely()
    {
        Rendezvous.Client("bob").Faults = new LinkFaults().Losing(frame => frame is { IsFromClient: true, Type: "add" } && frame.Text.Contains("version", StringComparison.Ordinal));
        using var a = Wormhole.Create(In(Options("alice")));
        using var b = Create("bob");
        a.SetCode("4-a-b").Subscribe();
        b.SetCode("4-a-b").Subscribe();
        Advance(2);
        var closed = Record(a.Close());
        Advance(1);
        AssertEnded([closed], new CloseResult(Mood.Lonely, true));
        Assert.That(MoodsOf("alice"), Is.EqualTo(new[] { "lonely" }));
    }

    [Test]
    public void AfterAWrongCode_MoodIsScaryWhateverCloseIsTold()
    {
        using var a = Wormhole.Create(In(Options("alice")));
        using var b = Wormhole.Create(In(Options("bob")));
        a.SetCode("4-a-b").Subscribe(_ => { });
        b.SetCode("4-a-c").Subscribe(_ => { });
        Advance(5);
        var closed = new[] { Record(a.Close()), Record(b.Close(Mood.Happy)) };
        Advance(1);
        AssertEnded(closed, new CloseResult(Mood.Scary, true));
        Assert.That(MoodsOf("alice").Concat(MoodsOf("bob")), Is.EqualTo(new[] { "scary", "scary" }));
    }

    [Test]
    public void AfterAProtocolError_MoodIsErrory()
    {
        Rendezvous.Client("alice").Faults = new LinkFaults().Changing(frame => frame is { IsFromClient: false, Type: "pong" }, _ => "{nonsense");
        using var a = Wormhole.Create(In(Options("alice")));
        a.SetCode("4-a-b").Subscribe(_ => { });
        Advance(2);
        var closed = Record(a.Close());
        Advance(5);
        AssertEnded([closed], new CloseResult(Mood.Errory, true));
        Assert.That(MoodsOf("alice"), Is.EqualTo(new[] { "errory" }));
    }

    [TestCase(Mood.Happy, "happy")]
    [TestCase(Mood.Lonely, "lonely")]
    [TestCase(Mood.Scary, "scary")]
    [TestCase(Mood.Errory, "errory")]
    [TestCase(Mood.Unwelcome, "unwelcome")]
    public void GivenMood_IsTheOneTheServerIsToldAndTheResultHas(Mood mood, string told)
    {
        var (a, _) = Paired(In, In);
        var (closed, status) = (Record(a.Close(mood)), Record(a.Status));
        Advance(1);
        AssertEnded([closed], new CloseResult(mood, true));
        Assert.That(MoodsOf("alice"), Is.EqualTo(new[] { told }));
        Assert.That(status.Values[^1].Outcome, Is.EqualTo(new WormholeOutcome(mood, null)));
    }

    [Test]
    public void ClosedTwice_TheFirstMoodCountsAndBothGetTheSame()
    {
        var (a, _) = Paired(In, In);
        var closed = new[] { Record(a.Close(Mood.Scary)), Record(a.Close(Mood.Happy)), Record(a.Close()) };
        Advance(1);
        var late = Record(a.Close(Mood.Lonely));
        Advance(1);
        AssertEnded([.. closed, late], new CloseResult(Mood.Scary, true));
        Assert.That(MoodsOf("alice"), Is.EqualTo(new[] { "scary" }));
    }

    [Test]
    public void CloseWith_YieldsTheValueOnceTheMailboxIsClosed()
    {
        var (a, b) = Paired(In, In);
        b.Close();
        Advance(1);
        var left = new List<int>();
        var value = Record(a.CloseWith("result").Do(_ => left.Add(MailboxesLeft + NameplatesLeft)));
        Advance(1);
        Assert.That(value.Values, Is.EqualTo(new[] { "result" }));
        Assert.That(value.IsCompleted, Is.True);
        Assert.That(left, Is.EqualTo(new[] { 0 }));
    }

    private static void AssertEnded(Recorder<CloseResult>[] closed, CloseResult expected)
    {
        Assert.That(closed.SelectMany(each => each.Values), Has.Exactly(closed.Length).EqualTo(expected));
        Assert.That(closed.Select(each => each.IsCompleted), Is.All.True);
    }

    private WormholeOptions In(WormholeOptions options) => options with { Mode = mode };
}
