using RxWormhole.Protocol;

namespace RxWormhole.Tests.Transit;

public sealed class TransitPlanTests
{
    private static readonly DirectHint One = new("192.0.2.1", 1), Two = new("2001:db8::2", 2);
    private static readonly RelayHint Own = new([new DirectHint("own.example", 4001)]);

    private static readonly TransitOptions Options = new() { Relays = [Own] };

    [Test]
    public void SameAddressTwice_IsOneWay()
    {
        var plan = Plan(One, Two, One with { Priority = 3 }, new DirectHint("Host.Example", 3), new DirectHint("host.example", 3));
        Assert.That(plan.Direct, Is.EqualTo(new[] { One, Two, new DirectHint("Host.Example", 3) }));
    }

    [Test]
    public void RelaysOfBothSides_AreGroupedByPriorityTheHighestFirst()
    {
        var plan = Plan(
            new RelayHint([new DirectHint("low", 1, -1), new DirectHint("high", 1, 2)]),
            new RelayHint([new WebSocketHint(new Uri("wss://high.example/"), 2), new TorHint("x.onion", 1, 9)]),
            new RelayHint([new DirectHint("OWN.example", 4001, 5)]));
        Assert.That(
            plan.Relays.Select(group => string.Join(' ', group.Select(TransitPlan.Describe))),
            Is.EqualTo(new[] { "high:1 wss://high.example/", "own.example:4001", "low:1" }));
    }

    [Test]
    public void PathsAreLimited_TheOthersAreNotInThePlan()
    {
        var theirs = new TransitMessage([], [One, new RelayHint([Two])]);
        Assert.Multiple(() =>
        {
            Assert.That(TransitPlan.Of(Options with { Paths = TransitPaths.Direct }, theirs).Relays, Is.Empty);
            Assert.That(TransitPlan.Of(Options with { Paths = TransitPaths.Relay }, theirs).Direct, Is.Empty);
            Assert.That(TransitPlan.Of(Options with { Paths = TransitPaths.Relay, Relays = [] }, new TransitMessage([], [One])).IsEmpty, Is.True);
        });
    }

    [Test]
    public void OwnRelays_ComeBeforeThoseOfAHostilePeer()
    {
        var plan = Plan([.. Enumerable.Range(1, 100).Select(port => new RelayHint([new DirectHint("mallory", port)]))]);
        Assert.That(plan.Relays.Sum(group => group.Length), Is.EqualTo(TransitPlan.MostRelays));
        Assert.That(plan.Relays[0], Does.Contain(Own.Ways[0]));
    }

    [Test]
    public void NameWithControlCharacters_IsPrintedVisibly() =>
        Assert.That(TransitPlan.Describe(new DirectHint("a\u202eb", 1)), Is.EqualTo("a\\u{202e}b:1"));

    private static TransitPlan Plan(params TransitHint[] hints) => TransitPlan.Of(Options, new TransitMessage([], [.. hints]));
}
