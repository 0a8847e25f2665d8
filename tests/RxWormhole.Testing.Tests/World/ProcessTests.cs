using System.Reactive;
using System.Reactive.Linq;

namespace RxWormhole.Testing.Tests;

/// <summary>A process, its lives, and what outlives it.</summary>
public sealed class ProcessTests : WorldFixture
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Test]
    public void Program_RunsToItsEnd()
    {
        var world = NewWorld();
        var process = world.AddProcess("alice", async process => await Observable.Timer(10 * Second, process.Clock));
        Assert.That((process.IsAlive, process.IsDone, process.Lives), Is.EqualTo((false, false, 0)));
        world.Run();
        Assert.That((process.IsAlive, process.IsDone, process.Lives, process.ItemsPending), Is.EqualTo((true, true, 1, 0)));
        Assert.That(world.Elapsed, Is.EqualTo(10 * Second));
        process.Start();
        Assert.That((process.Kill(), process.Lives), Is.EqualTo((false, 1)), "it is done");
    }

    [Test]
    public void Start_OfAProcessBeforeTheWorldRuns_KeepsNoContext()
    {
        var world = NewWorld();
        var thread = 0;
        var process = world.AddProcess("alice", async process =>
        {
            await Observable.Timer(Second, process.Clock);
            thread = Environment.CurrentManagedThreadId;
        });
        SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());
        process.Start();
        world.Run();
        Assert.That(thread, Is.EqualTo(Environment.CurrentManagedThreadId));
        Assert.That(process.Lives, Is.EqualTo(1));
    }

    [Test]
    public void SkewedClock_IsSeenByTheProgramAndNobodyElse()
    {
        var world = NewWorld();
        var seen = new List<DateTimeOffset>();
        async Task Program(VirtualProcess process)
        {
            await Observable.Timer(process.Clock.Now + Second, process.Clock);
            seen.Add(process.Clock.Now);
        }

        var began = world.Clock.Now;
        world.AddProcess("alice", Program).ClockSkew = TimeSpan.FromDays(3);
        world.AddProcess("bob", Program);
        world.Run();
        Assert.That(seen, Is.EqualTo(new[] { began + Second + TimeSpan.FromDays(3), began + Second }));
        Assert.That(world.Elapsed, Is.EqualTo(Second));
    }

    [Test]
    public void Killed_RunsNoTimerAnyMoreAndBeginsAgain()
    {
        var world = NewWorld();
        var lives = new List<string>();
        var process = world.AddProcess("alice", async process =>
        {
            var life = process.Lives;
            lives.Add($"{life} begins");
            await Observable.Timer(10 * Second, process.Clock);
            lives.Add($"{life} ends at {process.World.Elapsed.TotalSeconds}");
        });
        At(world, 5, () => Assert.That((process.Kill(), process.Kill(), process.IsAlive, process.ItemsPending), Is.EqualTo((true, false, false, 0))));
        At(world, 7, process.Start);
        world.Run();
        world.Settle(TimeSpan.FromMinutes(1));
        Assert.That(lives, Is.EqualTo(new[] { "1 begins", "2 begins", "2 ends at 17" }));
    }

    [Test]
    public void DeadProgramThatGoesOn_FailsNothing()
    {
        var world = NewWorld();
        var elsewhere = new TaskCompletionSource();
        Func<Checkpoint, IObservable<Unit>>? journal = null;
        WormholeOptions? options = null;
        var process = world.AddProcess("alice", async process =>
        {
            if (process.Lives == 2)
            {
                await Observable.Timer(10 * Second, process.Clock);
                return;
            }

            (journal, options) = (process.Journal(), process.Options(AppId));
            await elsewhere.Task;
            throw new InvalidOperationException("from the grave");
        });
        At(world, 1, () => process.Kill());
        At(world, 2, process.Start);
        At(world, 3, elsewhere.SetResult);
        world.Run();
        Assert.That(process.Failure, Is.Null);
        using var wormhole = Wormhole.Create(options! with { Journal = journal });
        wormhole.AllocateCode().Subscribe();
        world.Settle(TimeSpan.FromMinutes(1));
        Assert.That((process.CheckpointsStored, process.Client.LinksMade), Is.EqualTo((0, 0)));
    }

    [Test]
    public void ProcessThatDoesNotRun_GivesNothing()
    {
        var process = NewWorld().AddProcess("alice", _ => Task.CompletedTask);
        Assert.That(() => process.Clock, Throws.InvalidOperationException);
        Assert.That(() => process.Options(AppId), Throws.InvalidOperationException.With.Message.Contains("alice"));
        Assert.That(() => process.Journal(), Throws.InvalidOperationException);
        Assert.That(() => process.Open(AppId), Throws.InvalidOperationException);
        Assert.That(() => process.Open(new WormholeOptions { AppId = AppId }), Throws.InvalidOperationException);
        Assert.That(() => process.Tell("code", "1-a"), Throws.InvalidOperationException);
        Assert.That(() => process.Hear("code"), Throws.InvalidOperationException);
    }

    [Test]
    public void Arguments_ThatCannotBeMeant()
    {
        var process = NewWorld().AddProcess("alice", async process => await Observable.Timer(Second, process.Clock));
        process.Start();
        Assert.That(() => process.Options(null!), Throws.ArgumentNullException);
        Assert.That(() => process.Journal(null!), Throws.ArgumentNullException);
        Assert.That(() => process.Stored(null!), Throws.ArgumentNullException);
        Assert.That(() => process.Open((string)null!), Throws.ArgumentNullException);
        Assert.That(() => process.Open((WormholeOptions)null!), Throws.ArgumentNullException);
        Assert.That(() => process.Open(process.Options(AppId), null!), Throws.ArgumentNullException);
        Assert.That(() => process.Open(process.Options("")), Throws.ArgumentException);
        Assert.That(() => process.Tell(null!, ""), Throws.ArgumentNullException);
        Assert.That(() => process.Tell("", null!), Throws.ArgumentNullException);
        Assert.That(() => process.Hear(null!), Throws.ArgumentNullException);
        Assert.That(() => process.JournalTakes = -Second, Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void SessionsOfOneLife_HaveNotTheSameRandomness()
    {
        var drawn = new List<string>();
        var world = NewWorld();
        var process = world.AddProcess("alice", async process =>
        {
            foreach (var options in new[] { process.Options(AppId), process.Options(AppId) })
            {
                var bytes = new byte[16];
                options.Entropy(bytes);
                drawn.Add(Convert.ToHexString(bytes));
            }

            await Observable.Timer(Second, process.Clock);
        });
        process.Start();
        process.Kill();
        process.Start();
        world.Run();
        Assert.That(drawn, Has.Count.EqualTo(4).And.Unique);
    }

    [Test]
    public void Told_IsHeardAtOnceAndLaterAndNotByTheDead()
    {
        var world = NewWorld();
        var heard = new List<string>();
        var carol = world.AddProcess("carol", async process => heard.Add($"{process.Name} {process.Lives} {await process.Hear("code")}"));
        world.AddProcess("alice", async process =>
        {
            await Observable.Timer(5 * Second, process.Clock);
            process.Tell("other", "no");
            process.Tell("code", "one");
            await Observable.Timer(5 * Second, process.Clock);
            process.Tell("code", "two");
        });
        world.AddProcess("bob", async process => heard.Add($"{process.Name} {process.Lives} {await process.Hear("code")}"));
        At(world, 1, () => carol.Kill());
        At(world, 20, carol.Start);
        world.Run();
        Assert.That(heard, Is.EqualTo(new[] { "bob 1 one", "carol 2 two" }));
    }

    [Test]
    public void Failure_IsThatOfTheProgram()
    {
        var world = NewWorld();
        var later = world.AddProcess("alice", async process =>
        {
            await Observable.Timer(Second, process.Clock);
            throw new FormatException("odd");
        });
        var atOnce = world.AddProcess("bob", _ => throw new IOException("broken"));
        Assert.That(() => world.Run(), Throws.TypeOf<WorldException>().With.InnerException.TypeOf<FormatException>()
            .And.Message.Contains("alice failed: FormatException: odd; bob failed: IOException: broken"));
        Assert.That((later.Failure?.Message, atOnce.Failure?.Message, later.IsDone), Is.EqualTo(("odd", "broken", true)));
    }

    [Test]
    public void LeakedTimer_IsSeen()
    {
        var world = NewWorld();
        var process = world.AddProcess("alice", process =>
        {
            Observable.Timer(TimeSpan.FromHours(1), process.Clock).Subscribe();
            Observable.Timer(TimeSpan.FromHours(1), process.Clock).Subscribe().Dispose();
            return Task.CompletedTask;
        });
        world.Run();
        Assert.That(process.ItemsPending, Is.EqualTo(1));
        Assert.That(world.LeftBehind, Is.EqualTo(new[] { "alice: items on its clock: 1" }));
        world.Settle(TimeSpan.FromHours(2));
        Assert.That(process.ItemsPending, Is.Zero);
    }

    private static void At(VirtualWorld world, double seconds, Action action) =>
        Observable.Timer(TimeSpan.FromSeconds(seconds), world.Clock).Subscribe(_ => action());
}
