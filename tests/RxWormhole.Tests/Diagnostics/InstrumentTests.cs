using System.Diagnostics;
using System.Diagnostics.Metrics;
using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Diagnostics;

/// <summary>The activity source and the meter named <c>RxWormhole</c>: links, redials, pairings, moods, and no secret.</summary>
[NonParallelizable]
public sealed class InstrumentTests : VirtualTimeFixture
{
    private readonly List<(string Name, long Value, string Tags)> measured = [];
    private readonly List<Activity> activities = [];
    private MeterListener meter = null!;
    private ActivityListener tracing = null!;

    [SetUp]
    public void Listen()
    {
        // What other tests left behind ends now, not in the middle of this one.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        measured.Clear();
        activities.Clear();
        meter = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "RxWormhole")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        meter.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            measured.Add((instrument.Name, value, string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")))));
        meter.Start();
        tracing = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "RxWormhole",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activities.Add,
        };
        ActivitySource.AddActivityListener(tracing);
    }

    [TearDown]
    public void StopListening()
    {
        meter.Dispose();
        tracing.Dispose();
    }

    [Test]
    public void PlainSession_CountsLinksPairingsAndMoods()
    {
        var (a, b) = Paired();
        Assert.That(Sum("rxwormhole.sessions.open"), Is.EqualTo(2));
        a.Close();
        b.Close();
        Advance(1);
        Assert.Multiple(() =>
        {
            Assert.That(Sum("rxwormhole.links"), Is.EqualTo(2));
            Assert.That(Sum("rxwormhole.pairings"), Is.EqualTo(2));
            Assert.That(Sum("rxwormhole.redials"), Is.Zero);
            Assert.That(Sum("rxwormhole.sessions"), Is.EqualTo(2));
            Assert.That(Sum("rxwormhole.sessions.open"), Is.Zero);
            Assert.That(measured.Where(each => each.Name == "rxwormhole.sessions").Select(each => each.Tags), Is.All.EqualTo("mood=happy"));
        });
    }

    [Test]
    public void LostLinks_CountAsRedials()
    {
        using var a = Create("alice");
        a.SetCode("4-a-b").Subscribe(_ => { }, _ => { });
        Advance(2);
        Rendezvous.Client("alice").Cut();
        Advance(5);
        Assert.That(Sum("rxwormhole.redials"), Is.EqualTo(1), "the first attempt after a loss is one");
        Rendezvous.Stop();
        Advance(5);
        Rendezvous.Start();
        Advance(10);
        Assert.That(Sum("rxwormhole.links"), Is.EqualTo(3));
        Assert.That(Sum("rxwormhole.redials"), Is.EqualTo(Rendezvous.Client("alice").LinksMade - 1));
    }

    [Test]
    public void Polls_AreLinksAndNoRedials()
    {
        using var a = Wormhole.Create(Options("alice") with { Mode = LinkMode.Poll });
        a.SetCode("4-a-b").Subscribe(_ => { }, _ => { });
        Advance(10);
        Assert.That(Sum("rxwormhole.links"), Is.GreaterThan(15));
        Assert.That(Sum("rxwormhole.redials"), Is.Zero);
    }

    [Test]
    public void SessionThatNeverBegan_CountsAsNone()
    {
        using (Create("alice"))
        {
        }

        Create("alice").Close();
        Advance(1);
        Assert.That(measured, Is.Empty);
        Assert.That(activities, Is.Empty);
    }

    [Test]
    public void WrongCode_CountsAsScary()
    {
        using var a = Create("alice");
        using var b = Create("bob");
        a.SetCode("4-a-b").Subscribe(_ => { }, _ => { });
        b.SetCode("4-a-c").Subscribe(_ => { }, _ => { });
        Advance(5);
        Assert.That(measured.Where(each => each.Name == "rxwormhole.sessions").Select(each => each.Tags), Is.EqualTo(new[] { "mood=scary", "mood=scary" }));
        Assert.That(Sum("rxwormhole.pairings"), Is.Zero);
        Assert.That(activities.Select(each => each.Status), Is.All.EqualTo(ActivityStatusCode.Error));
        Assert.That(activities.Select(each => each.StatusDescription), Is.All.EqualTo(nameof(WrongCodeException)));
    }

    [Test]
    public void Activity_TellsTheSessionWithoutItsSecrets()
    {
        var (a, b) = Paired();
        var code = Record(a.Code);
        a.Send("a message nobody reads");
        Advance(1);
        Rendezvous.Client("alice").Cut();
        Advance(5);
        a.Close();
        b.Close();
        Advance(1);
        var alices = activities.Single(each => each.Events.Count() == 4);
        Assert.That(alices.Events.Select(each => each.Name), Is.EqualTo(new[] { "link", "paired", "link lost", "link" }));
        Assert.That(alices.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"), Is.EqualTo(new[] { "rxwormhole.mood=happy", "rxwormhole.acknowledged=True" }));
        var text = string.Join('\n', activities.SelectMany(Texts).Concat(measured.Select(each => each.Tags)));
        foreach (var secret in code.Values.Single().Split('-').Skip(1).Append("nobody"))
            Assert.That(text, Does.Not.Contain(secret));
    }

    [Test]
    public void Activity_IsNeverThatOfTheCaller()
    {
        using var mine = new Activity("mine").Start();
        var a = Create("alice");
        a.SetCode("4-a-b").Subscribe(_ => { }, _ => { });
        Assert.That(Activity.Current, Is.SameAs(mine), "after the beginning");
        using var later = new Activity("later").Start();
        a.Dispose();
        Assert.That(activities, Has.Count.EqualTo(1));
        Assert.That(activities[0].ParentId, Is.EqualTo(mine.Id));
        Assert.That(Activity.Current, Is.SameAs(later), "after the end");
    }

    [Test]
    public void NobodyListens_NothingIsDifferent()
    {
        StopListening();
        var session = new PlainSession(Clock, new VirtualRendezvous(Clock));
        session.Run().AssertEndedRight(mayLeak: false);
        Assert.That(session.Closed, Is.All.EqualTo(new CloseResult(Mood.Happy, true)));
    }

    private static IEnumerable<string> Texts(Activity activity) =>
        activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}")
            .Concat(activity.Events.SelectMany(each => each.Tags.Select(tag => $"{tag.Key}={tag.Value}").Append(each.Name)))
            .Append(activity.DisplayName);

    private long Sum(string name) => measured.Where(each => each.Name == name).Sum(each => each.Value);
}
