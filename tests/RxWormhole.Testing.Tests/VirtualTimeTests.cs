using System.Reactive.Concurrency;
using System.Reactive.Linq;
using Microsoft.Reactive.Testing;

namespace RxWormhole.Testing.Tests;

/// <summary>Flows run on the clock and on the thread of the test, whatever context the test runner installed.</summary>
public sealed class VirtualTimeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private TestScheduler clock = new();
    private SynchronizationContext context = new();
    private SynchronizationContext? runners;

    [SetUp]
    public void InstallAContext()
    {
        clock = new TestScheduler();
        runners = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context = new SynchronizationContext());
    }

    [TearDown]
    public void ContextWasPutBack()
    {
        var left = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(runners);
        Assert.That(left, Is.SameAs(context), "the context was put back");
    }

    [Test]
    public void Runner_InstallsAContext() => Assert.That(runners, Is.Not.Null, "the reason for all this");

    [Test]
    public void Run_FlowGoesOnInlineWithoutContextAndStopsTheClockWhenItIsDone()
    {
        var thread = Environment.CurrentManagedThreadId;
        clock.Run(async () =>
        {
            for (var i = 0; i < 3; i++)
            {
                await Wait(1);
                Assert.That(SynchronizationContext.Current, Is.Null);
                Assert.That(Environment.CurrentManagedThreadId, Is.EqualTo(thread));
            }
        });
        Assert.That(clock.Clock, Is.EqualTo(3 * Second.Ticks).Within(10));
        Assert.That(clock.IsEnabled, Is.False);
    }

    [Test]
    public void Run_FlowThatIsDoneAtOnce_TakesNoTime()
    {
        clock.Run(() => Task.CompletedTask);
        Assert.That(clock.Clock, Is.Zero);
    }

    [Test]
    public void Run_GivesTheResult() => Assert.That(clock.Run(async () => await Wait(1).Select(_ => 42)), Is.EqualTo(42));

    [Test]
    public void Run_GivesTheLastValueOfAQuery() =>
        Assert.That(clock.Run(Observable.Interval(Second, clock).Take(5)), Is.EqualTo(4));

    [Test]
    public void Run_QueryWithoutAValue_IsAnError() =>
        Assert.That(() => clock.Run(Observable.Empty<int>(clock)), Throws.InvalidOperationException);

    [Test]
    public void Run_ErrorOfAQuery_ComesOutAsItIs() =>
        Assert.That(() => clock.Run(Wait(1).Select(_ => Fail())), Throws.TypeOf<ArithmeticException>().With.Message.EqualTo("mine"));

    [TestCase(false)]
    [TestCase(true)]
    public void Run_WhatTheFlowThrows_ComesOutAsItIsAndTheClockGoesOn(bool atOnce)
    {
        Assert.That(
            () => clock.Run(async () =>
            {
                if (!atOnce)
                    await Wait(1);
                Fail();
            }),
            Throws.TypeOf<ArithmeticException>().With.Message.EqualTo("mine"));
        Assert.That(SynchronizationContext.Current, Is.SameAs(context));
        Assert.That(clock.Run(async () => await Wait(1).Select(_ => 42)), Is.EqualTo(42));
    }

    [Test]
    public void Run_FlowThatThrowsBeforeThereIsATask_ComesOutToo() =>
        Assert.That(() => clock.Run(Task () => throw new ArithmeticException("mine")), Throws.TypeOf<ArithmeticException>().With.Message.EqualTo("mine"));

    [Test]
    public void Run_CancelledFlow_IsACancellation() =>
        Assert.That(() => clock.Run(() => Task.FromCanceled(new CancellationToken(canceled: true))), Throws.InstanceOf<OperationCanceledException>());

    [Test]
    public void Run_WhatThrowsOnTheClock_ComesOutAndTheClockCanBeUsedAgain()
    {
        clock.Schedule(Second, () => Fail());
        Assert.That(() => clock.Run(async () => await Wait(5)), Throws.TypeOf<ArithmeticException>());
        Assert.That(clock.IsEnabled, Is.False);
        Assert.That(clock.Run(async () => await Wait(1).Select(_ => 42)), Is.EqualTo(42));
    }

    [Test]
    public void Run_FlowThatIsNeverDone_SaysSoAfterTheLimit()
    {
        using var endless = Observable.Interval(Second, clock).Subscribe();
        Assert.That(() => clock.Run(() => new TaskCompletionSource().Task, 90 * Second),
            Throws.TypeOf<TimeoutException>().With.Message.Contains("00:01:30").And.Message.Contains("not on the clock"));
        Assert.That(clock.Clock, Is.EqualTo(90 * Second.Ticks).Within(10));
        Assert.That(SynchronizationContext.Current, Is.SameAs(context));
    }

    [Test]
    public void Run_WithoutALimit_TakesTenMinutes()
    {
        Assert.That(() => clock.Run(() => new TaskCompletionSource().Task), Throws.TypeOf<TimeoutException>());
        Assert.That(() => clock.Run(() => new TaskCompletionSource<int>().Task), Throws.TypeOf<TimeoutException>());
        Assert.That(() => clock.Run(Observable.Never<int>()), Throws.TypeOf<TimeoutException>());
        Assert.That(clock.Clock, Is.EqualTo(TimeSpan.FromMinutes(30).Ticks).Within(10));
    }

    [Test]
    public void Run_LimitThatWasNotNeeded_LeavesNothingOnTheClock()
    {
        clock.Run(async () => await Wait(1));
        clock.Start();
        Assert.That(clock.Clock, Is.EqualTo(Second.Ticks).Within(10));
    }

    [Test]
    public void Run_FlowThatStopsTheClock_IsStillRunToItsEnd() =>
        Assert.That(
            clock.Run(async () =>
            {
                await Wait(1);
                clock.Stop();
                return await Wait(1).Select(_ => 42);
            }),
            Is.EqualTo(42));

    [Test]
    public void Nested_IsRefusedAndTheOuterRunGoesOn()
    {
        var result = clock.Run(async () =>
        {
            await Wait(1);
            Assert.That(() => clock.Run(async () => await Wait(1)), Throws.InvalidOperationException.With.Message.Contains("from within"));
            Assert.That(() => clock.Run(Wait(1)), Throws.InvalidOperationException.With.Message.Contains("from within"));
            Assert.That(() => clock.AdvanceInline(Second), Throws.InvalidOperationException.With.Message.Contains("from within"));
            Assert.That(clock.IsEnabled, Is.True);
            return await Wait(1).Select(_ => 42);
        });
        Assert.That(result, Is.EqualTo(42));
        Assert.That(clock.Clock, Is.EqualTo(2 * Second.Ticks).Within(10));
    }

    [Test]
    public void StartedInline_GoesOnWhileTheClockAdvances()
    {
        var thread = Environment.CurrentManagedThreadId;
        var flow = VirtualTime.StartInline(async () =>
        {
            await Wait(1);
            await Wait(1);
            return Environment.CurrentManagedThreadId;
        });
        Assert.That(SynchronizationContext.Current, Is.SameAs(context));
        clock.AdvanceInline(1.5 * Second);
        Assert.That(flow.IsCompleted, Is.False);
        clock.AdvanceInline(Second);
        Assert.That(flow.IsCompletedSuccessfully, Is.True);
        Assert.That(flow.Result, Is.EqualTo(thread));
    }

    [Test]
    public void AdvanceInline_WhatRunsSeesNoContext()
    {
        SynchronizationContext? seen = context;
        clock.Schedule(Second, () => seen = SynchronizationContext.Current);
        clock.AdvanceInline(2 * Second);
        Assert.That(seen, Is.Null);
        Assert.That(clock.Clock, Is.EqualTo(2 * Second.Ticks), "exactly");
    }

    [Test]
    public void AdvanceInline_WhatThrowsComesOutAndTheClockCanBeUsedAgain()
    {
        clock.Schedule(Second, () => Fail());
        Assert.That(() => clock.AdvanceInline(2 * Second), Throws.TypeOf<ArithmeticException>());
        Assert.That(SynchronizationContext.Current, Is.SameAs(context));
        clock.AdvanceInline(TimeSpan.Zero);
        clock.AdvanceInline(2 * Second);
        Assert.That(clock.Clock, Is.EqualTo(3 * Second.Ticks).Within(10));
    }

    [Test]
    public void HistoricalScheduler_DoesAsWell()
    {
        var historical = new HistoricalScheduler(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.That(historical.Run(Observable.Timer(Second, historical).Select(_ => 42)), Is.EqualTo(42));
        var flow = VirtualTime.StartInline(async () => await Observable.Timer(Second, historical));
        historical.AdvanceInline(Second);
        Assert.That(flow.IsCompletedSuccessfully, Is.True);
        Assert.That(historical.Clock, Is.EqualTo(new DateTimeOffset(2000, 1, 1, 0, 0, 2, TimeSpan.Zero)));
    }

    private IObservable<long> Wait(double seconds) => Observable.Timer(seconds * Second, clock);

    private static int Fail() => throw new ArithmeticException("mine");
}
