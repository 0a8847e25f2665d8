using System.Reactive.Linq;
using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Links;

public sealed class PollingTests : VirtualTimeFixture
{
    private static readonly PollingSchedule Minutely = new(new PollingStep(TimeSpan.Zero, TimeSpan.FromMinutes(1)));

    [Test]
    public void Polls_ComeAsTheScheduleSaysAndLeaveNoLink()
    {
        using var a = Patient("alice", Minutely);
        var status = Record(a.Status);
        a.SetCode("4-a-b").Subscribe();
        Advance(30);
        Assert.That(Rendezvous.Client("alice").LinksMade, Is.EqualTo(1));
        Assert.That(Rendezvous.Client("alice").LinksOpen, Is.Zero);
        Assert.That(status.Values[^1].Link, Is.InstanceOf<LinkStatus.Resting>());
        Assert.That(status.Values[^1].ToString(), Does.Contain("next poll in"));
        Advance(5 * 60);
        Assert.That(Rendezvous.Client("alice").LinksMade, Is.EqualTo(6));
        Assert.That(LinkTimes("alice"), Is.EqualTo(new[] { 0.005, 60.005, 120.005, 180.005, 240.005, 300.005 }));
    }

    [Test]
    public void NewWork_StartsAPollAtOnceAndLeavesTheScheduleAlone()
    {
        using var a = Patient("alice", Minutely);
        var input = a.InputCode();
        Advance(10);
        Assert.That(LinkTimes("alice"), Is.EqualTo(new[] { 0.005 }));
        input.ChooseNameplate("4").Subscribe();
        Advance(10);
        input.ChooseWords("a-b").Subscribe();
        Advance(50);
        Assert.That(LinkTimes("alice"), Is.EqualTo(new[] { 0.005, 10.005, 20.005, 60.005 }));
        Assert.That(Rendezvous.Transcript.From("alice").Where(frame => frame.Type == "add").Select(frame => frame.Link), Is.EqualTo(new[] { 3 }));
    }

    [Test]
    public void AnswersToWhatAPollBrought_GoOutOnTheSameLink()
    {
        using var a = Patient("alice", Minutely);
        using var b = Patient("bob", Minutely);
        var status = Record(a.Status);
        Converse(a);
        Converse(b);
        a.SetCode("4-a-b").Subscribe();
        Advance(30);
        b.SetCode("4-a-b").Subscribe();
        Advance(180);
        Assert.That(status.Values[^1].Outcome, Is.EqualTo(new WormholeOutcome(Mood.Happy, null)));
        Assert.That(Rendezvous.Client("alice").LinksMade, Is.EqualTo(3), "pake; the key, the question; the answer and goodbye");
        Assert.That(Rendezvous.Client("bob").LinksMade, Is.EqualTo(2), "pake and version; the question, the answer and goodbye");
        PlainSession.AssertNothingLeft(Rendezvous);

        static void Converse(Wormhole side) => side.Verifier
            .SelectMany(_ => side.Send("x"))
            .SelectMany(_ => side.Receive())
            .SelectMany(_ => side.Close())
            .Subscribe(_ => { }, _ => { });
    }

    [Test]
    public void LinkLostWhileItLingers_DoesNotEndTheNext()
    {
        Rendezvous.Client("alice").Faults = new LinkFaults().CuttingAfter(frame => frame.Type == "pong" && frame.Link == 1);
        using var a = Patient("alice", Minutely);
        var input = a.InputCode();
        Advance(0.05);
        Assert.That(Rendezvous.Client("alice").LinksMade, Is.EqualTo(1));
        input.ChooseNameplate("4").Subscribe();
        Advance(65);
        var hangups = Rendezvous.Transcript.Entries.Where(entry => entry.What == "hung up").Select(entry => Math.Round(entry.At.TotalSeconds, 3)).ToArray();
        var answers = Rendezvous.Transcript.Entries.Where(entry => entry.What.StartsWith("← pong", StringComparison.Ordinal)).Select(entry => entry.At.TotalSeconds).ToArray();
        Assert.That(hangups, Is.EqualTo(answers.Skip(1).Select(at => Math.Round(at + 0.05, 3))));
    }

    [Test]
    public void MessageBeforeTheKey_IsNoWork()
    {
        using var a = Patient("alice", Minutely);
        a.SetCode("4-a-b").Subscribe();
        Advance(10);
        a.Send("waits");
        Advance(10);
        Assert.That(Rendezvous.Client("alice").LinksMade, Is.EqualTo(1));
    }

    [Test]
    public void PollThatTakesLongerThanTheInterval_IsNotOverlappedAndNothingIsMadeUpFor()
    {
        var slow = new PollingSchedule(new PollingStep(TimeSpan.Zero, TimeSpan.FromSeconds(1)));
        Rendezvous.Client("alice").Faults = new LinkFaults { Latency = TimeSpan.FromSeconds(0.6) };
        using var a = Patient("alice", slow);
        var open = new List<int>();
        a.SetCode("4-a-b").Subscribe();
        for (var i = 0; i < 200; i++)
        {
            Advance(0.1);
            open.Add(Rendezvous.Client("alice").LinksOpen);
        }

        Assert.That(open.Max(), Is.EqualTo(1));
        var times = LinkTimes("alice").Select(at => at - 0.6).ToArray();
        Assert.That(times.Select(at => Math.Round(at, 1) % 1), Is.All.Zero, "on the ticks of the schedule");
        Assert.That(times, Has.Length.InRange(4, 8));
    }

    [Test]
    public void ServerThatForgetsAfterElevenMinutes_CapsTheInterval()
    {
        var hourly = new PollingSchedule(new PollingStep(TimeSpan.Zero, TimeSpan.FromHours(1)));
        using var a = Patient("alice", hourly);
        using var b = Patient("bob", hourly);
        var status = Record(a.Status);
        var code = Record(a.AllocateCode());
        Advance(60 * 30);
        b.SetCode(code.Values[0]).Subscribe();
        var verifiers = new[] { Record(a.Verifier), Record(b.Verifier) };
        Advance(60 * 30);
        Assert.Multiple(() =>
        {
            Assert.That(status.Values[^1].Polling, Is.EqualTo(new PollInterval(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5))));
            Assert.That(verifiers[0].Values, Has.Count.EqualTo(1), "two hourly pollers meet");
            Assert.That(verifiers[0].Values[0], Is.EqualTo(verifiers[1].Values[0]));
            Assert.That(Rendezvous.Transcript.From("alice").First(frame => frame.Type == "claim").Text, Does.Contain("7200"));
        });
    }

    [Test]
    public void ServerThatKeepsMailboxesForADay_IsAskedHourly()
    {
        var day = TimeSpan.FromDays(1);
        var patientServer = new VirtualRendezvous(Clock, new VirtualRendezvousOptions { Keep = KeepPolicy.Reference with { Longest = day } });
        var hourly = new PollingSchedule(new PollingStep(TimeSpan.Zero, TimeSpan.FromHours(1)));
        var options = new { A = patientServer.OptionsFor("x", "alice"), B = patientServer.OptionsFor("x", "bob") };
        using var a = Wormhole.Create(options.A with { Mode = LinkMode.Poll, Schedule = hourly, Timeout = TimeSpan.FromDays(8) });
        using var b = Wormhole.Create(options.B with { Mode = LinkMode.Poll, Schedule = hourly, Timeout = TimeSpan.FromDays(8) });
        var status = Record(a.Status);
        var code = Record(a.AllocateCode());
        Advance(24 * 3600);
        Assert.That(patientServer.Client("alice").LinksMade, Is.EqualTo(25));
        b.SetCode(code.Values[0]).Subscribe();
        var verifier = Record(b.Verifier);
        Advance(24 * 3600);
        Assert.That(status.Values[^1].Polling, Is.EqualTo(new PollInterval(TimeSpan.FromHours(1), TimeSpan.FromHours(12))));
        Assert.That(verifier.Values, Has.Count.EqualTo(1));
        Assert.That(patientServer.Client("alice").LinksMade, Is.InRange(49, 51));
    }

    [Test]
    public void Jitter_SpreadsThePollsAndNeverBringsThemCloser()
    {
        using var a = Patient("alice", Minutely.WithJitter(0.5));
        a.SetCode("4-a-b").Subscribe();
        Advance(3600);
        var gaps = LinkTimes("alice").Zip(LinkTimes("alice").Skip(1), (one, next) => next - one).ToArray();
        Assert.That(gaps, Is.All.InRange(59.9, 90.1));
        Assert.That(gaps.Max() - gaps.Min(), Is.GreaterThan(10));
    }

    [Test]
    public void WallClockThatJumps_MakesNothingUp()
    {
        using var a = Patient("alice", Minutely);
        a.SetCode("4-a-b").Subscribe();
        Advance(1);
        Rendezvous.Client("alice").Unplug();
        Advance(600);
        var made = Rendezvous.Client("alice").LinksMade;
        Rendezvous.Client("alice").PlugIn();
        Advance(120);
        Assert.That(Rendezvous.Client("alice").LinksMade - made, Is.EqualTo(2));
    }

    [Test]
    public void Schedules_AreValidatedAllProblemsAtOnce()
    {
        var second = TimeSpan.FromSeconds(1);
        Assert.Multiple(() =>
        {
            Assert.That(() => new PollingSchedule(), Throws.ArgumentException.With.Message.Contains("no steps"));
            Assert.That(
                () => new PollingSchedule(new PollingStep(second, TimeSpan.Zero), new PollingStep(second, TimeSpan.FromDays(31))),
                Throws.ArgumentException.With.Message.Contains("after zero").And.Message.Contains("interval of step 1").And.Message.Contains("interval of step 2")
                    .And.Message.Contains("step 2 must be after step 1").And.Message.Contains("; "));
            Assert.That(() => new PollingSchedule(), Throws.ArgumentException.With.Message.Contains("not usable"));
            Assert.That(() => Minutely.WithJitter(-0.1), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => Minutely.WithJitter(1.1), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => new PollingSchedule(new PollingStep(TimeSpan.Zero, TimeSpan.FromMilliseconds(10))), Throws.Nothing);
            Assert.That(() => new PollingSchedule(new PollingStep(TimeSpan.Zero, TimeSpan.FromDays(30))), Throws.Nothing);
        });
    }

    [TestCase(-1, 60)]
    [TestCase(0, 60)]
    [TestCase(599, 60)]
    [TestCase(600, 300)]
    [TestCase(3599, 300)]
    [TestCase(3600, 3600)]
    [TestCase(1e6, 3600)]
    public void Patient_AsksMoreSeldomAsTheSessionGrowsOld(double age, double interval) =>
        Assert.That(PollingSchedule.Patient.IntervalAt(TimeSpan.FromSeconds(age)), Is.EqualTo(TimeSpan.FromSeconds(interval)));

    [Test]
    public void FaceToFace_AsksEveryHalfSecond() =>
        Assert.That(PollingSchedule.FaceToFace.IntervalAt(TimeSpan.FromHours(9), 0.9), Is.EqualTo(TimeSpan.FromSeconds(0.5)));

    [TestCase(0, 3600)]
    [TestCase(0.5, 5400)]
    public void LongestInterval_IsThatOfTheSlowestStepAndItsJitter(double jitter, double seconds)
    {
        var schedule = new PollingSchedule(
            new PollingStep(TimeSpan.Zero, TimeSpan.FromMinutes(1)),
            new PollingStep(TimeSpan.FromHours(1), TimeSpan.FromHours(1)),
            new PollingStep(TimeSpan.FromHours(2), TimeSpan.FromMinutes(5)));
        Assert.That(schedule.WithJitter(jitter).LongestInterval, Is.EqualTo(TimeSpan.FromSeconds(seconds)));
    }

    [Test]
    public void TickAfter_IsTheTickThatGoingThroughAllOfThemFinds()
    {
        var random = new Random(4);
        var schedules = new[]
        {
            PollingSchedule.FaceToFace, PollingSchedule.Patient, PollingSchedule.Patient.WithJitter(0.3), Minutely,
            new PollingSchedule(new PollingStep(TimeSpan.Zero, TimeSpan.FromSeconds(7)), new PollingStep(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(50)), new PollingStep(TimeSpan.FromSeconds(23), TimeSpan.FromSeconds(3))),
        };
        for (var i = 0; i < 2000; i++)
        {
            var schedule = schedules[i % schedules.Length];
            var (tick, fraction) = (TimeSpan.FromSeconds(random.Next(100)), random.NextDouble());
            var (age, cap) = (tick + TimeSpan.FromSeconds(random.Next(i % 2 == 0 ? 100 : 20_000) - 10), TimeSpan.FromSeconds(1 + random.Next(600)));
            var (expected, interval) = (tick, TimeSpan.Zero);
            while (expected <= age)
            {
                interval = schedule.IntervalAt(expected, fraction);
                interval = interval < cap ? interval : cap;
                expected += interval;
            }

            Assert.That(schedule.TickAfter(tick, age, cap, fraction), Is.EqualTo((expected, interval)), $"{tick}, {age}, {cap}, {fraction}, schedule {i % schedules.Length}");
        }
    }

    // A machine without a battery for its clock begins in 1970.
    [Test]
    public void ClockThatJumpsByDecades_MissesTicksWithoutCountingThem()
    {
        var age = TimeSpan.FromDays(365 * 5000);
        var (tick, interval) = PollingSchedule.FaceToFace.TickAfter(TimeSpan.Zero, age, TimeSpan.FromSeconds(300), 0);
        Assert.That(tick, Is.EqualTo(age + TimeSpan.FromSeconds(0.5)));
        Assert.That(interval, Is.EqualTo(TimeSpan.FromSeconds(0.5)));
    }

    private Wormhole Patient(string client, PollingSchedule schedule) =>
        Wormhole.Create(Options(client) with { Mode = LinkMode.Poll, Schedule = schedule, Timeout = TimeSpan.FromDays(1) });

    private double[] LinkTimes(string client) =>
    [
        .. Rendezvous.Transcript.Entries
            .Where(entry => entry.Client == client && entry.What.StartsWith("link ", StringComparison.Ordinal) && !entry.What.Contains("refused", StringComparison.Ordinal))
            .Select(entry => Math.Round(entry.At.TotalSeconds, 3)),
    ];
}
