using System.Reactive.Concurrency;
using Microsoft.Reactive.Testing;
using RxWormhole.Protocol;

namespace RxWormhole.Server.Tests;

/// <summary>How long a mailbox server keeps what nobody touches, in virtual time.</summary>
public sealed class ExpiryTests
{
    private TestScheduler clock = null!;
    private WatchedStore store = null!;
    private TestServer server = null!;

    [SetUp]
    public void Begin() => (clock, store) = (new TestScheduler(), new WatchedStore(new MemoryMailboxStore()));

    [TearDown]
    public async Task Stop() => await server.DisposeAsync();

    [Test]
    public async Task Welcome_DeclaresTheLongestKeep()
    {
        await StartAsync(options => options.LongestKeep = TimeSpan.FromDays(3));
        using var client = await server.DialAsync();
        Assert.That((int)client.Welcome["mailbox-keep-seconds"]!, Is.EqualTo(3 * 86400));
    }

    [TestCase("", 11)]
    [TestCase(",\"keep\":60", 11)]
    [TestCase(",\"keep\":3600", 60)]
    [TestCase(",\"keep\":999999999999", 120)]
    public async Task MailboxNobodyTouches_IsKeptAsLongAsGranted(string keep, int minutes)
    {
        await StartAsync(options => options.LongestKeep = TimeSpan.FromHours(2));
        using (var client = await server.BindAsync("a"))
            await client.AskAsync($$"""{"type":"claim","nameplate":"4"{{keep}}}""");
        TestServer.Until(() => server.Hub.Connections == 0, "nobody is there");
        Advance(minutes);
        Assert.That(Nameplates(), Is.EqualTo(new[] { "4" }));
        Advance(2);
        Assert.That(Nameplates(), Is.Empty);
        Assert.That(server.Hub.Ledger.Count, Is.Zero);
    }

    [Test]
    public async Task Keep_CountsFromTheLastTouch()
    {
        await StartAsync();
        using (var client = await server.BindAsync("a"))
            await client.AskAsync("""{"type":"claim","nameplate":"4","keep":3600}""");
        Advance(50);
        using (var client = await server.BindAsync("a"))
            await client.AskAsync("""{"type":"claim","nameplate":"4"}""");
        Advance(59);
        Assert.That(Nameplates(), Is.EqualTo(new[] { "4" }), "what was asked for first still holds");
        Advance(3);
        Assert.That(Nameplates(), Is.Empty);
    }

    [Test]
    public async Task MailboxSomebodyListensTo_StaysUntilItsLifetimeIsOver()
    {
        await StartAsync(options => (options.LongestKeep, options.Lifetime) = (TimeSpan.FromHours(1), TimeSpan.FromHours(3)));
        using var client = await server.BindAsync("a");
        var mailbox = (string)(await client.AskAsync("""{"type":"claim","nameplate":"4"}"""))[0]["mailbox"]!;
        await client.AskAsync($$"""{"type":"open","mailbox":"{{mailbox}}"}""");
        Advance(179);
        Assert.That(Nameplates(), Is.EqualTo(new[] { "4" }));
        Advance(3);
        Assert.That(Nameplates(), Is.Empty);
        Assert.That(await client.ErrorAsync("""{"type":"add","phase":"0","body":"00"}"""), Is.EqualTo("this mailbox is gone"));
    }

    [Test]
    public async Task ListenerLeaves_TheIdleTimeBegins()
    {
        await StartAsync();
        using (var client = await server.BindAsync("a"))
        {
            await client.AskAsync("""{"type":"claim","nameplate":"4"}""");
            await client.AskAsync($$"""{"type":"open","mailbox":"{{Look(each => each.FindNameplate("4")!.Mailbox)}}"}""");
            Advance(60);
        }

        TestServer.Until(() => server.Hub.Subscriptions.Count == 0, "it has left");
        Advance(6);
        Assert.That(Nameplates(), Is.EqualTo(new[] { "4" }));
        Advance(7);
        Assert.That(Nameplates(), Is.Empty);
    }

    [Test]
    public async Task Thousands_ArePrunedAFewAtATimeWithOthersInBetween()
    {
        await StartAsync();
        const int Count = 2000;
        for (var i = 0; i < Count; i++)
            Look(each => MailboxOperations.Run(each, new Operation.Open($"m{i}", null), Context()));
        using var client = await server.BindAsync("a");
        clock.AdvanceBy(TimeSpan.FromMinutes(11).Ticks);
        Assert.That(store.Deleted, Is.Empty, "they are as old as they may be");
        // What is asked while the clock works through them comes in between: everything is a piece of work of its own.
        var heard = new List<int>();
        void Ask()
        {
            Look(each => each.FindMailbox("none"));
            heard.Add(store.Deleted.Count);
            if (store.Deleted.Sum() < Count)
                clock.Schedule(Ask);
        }

        clock.Schedule(TimeSpan.FromSeconds(59), Ask);
        Advance(2);
        Assert.That(store.Deleted.Sum(), Is.EqualTo(Count));
        Assert.That(store.Deleted.Max(), Is.LessThanOrEqualTo(100), "at once");
        Assert.That(heard.Distinct().Count(), Is.GreaterThan(10), "requests were answered while it was at it");
        Assert.That(await client.HearAsync(), Is.Empty);
    }

    [Test]
    public async Task StoreThatFails_IsAskedAgainAtTheNextTime()
    {
        using var logs = new LogRecorder();
        await StartAsync(loggers: logs);
        using (var client = await server.BindAsync("a"))
            await client.AskAsync("""{"type":"claim","nameplate":"4"}""");
        store.IsBroken = true;
        Assert.That(() => Advance(20), Throws.Nothing, "nobody would catch it where the scheduler is real");
        Assert.That(logs.Errors, Is.Not.Empty.And.All.Contains("The store failed"));
        store.IsBroken = false;
        Advance(2);
        Assert.That(Nameplates(), Is.Empty);
    }

    [Test]
    public async Task StoreThatFailsAClient_EndsItsConnection()
    {
        using var logs = new LogRecorder();
        await StartAsync(loggers: logs);
        using var client = await server.BindAsync("a");
        using var idle = await server.BindAsync("b");
        store.IsBroken = true;
        await client.SendAsync("""{"type":"claim","nameplate":"4"}""");
        var (code, reason) = await client.ReadToEndAsync();
        Assert.That((code, reason), Is.EqualTo((1011, "the server could not store this; try again later")));
        store.IsBroken = false;
        Assert.That(await idle.AskAsync("""{"type":"claim","nameplate":"4"}"""), Has.Count.EqualTo(1));
        Assert.That(logs.Errors, Has.Count.EqualTo(1).And.All.Contains("The store failed"));
    }

    private void Advance(int minutes) => clock.AdvanceBy(TimeSpan.FromMinutes(minutes).Ticks);

    private OperationContext Context() => new("old", clock.Now, server.Hub.Options.KeepPolicy, "", 0);

    private string[] Nameplates() => Look(each => each.Nameplates.ToArray());

    private T Look<T>(Func<IMailboxTransaction, T> look)
    {
        var work = new Looking<T>(look);
        store.Submit(work);
        return work.Found!;
    }

    private async Task StartAsync(Action<MailboxServerOptions>? configure = null, LogRecorder? loggers = null) =>
        server = await TestServer.StartAsync(configure, scheduler: clock, store: store, loggers: loggers);

    private sealed class Looking<T>(Func<IMailboxTransaction, T> look) : MailboxWork("example.com/test")
    {
        internal T? Found { get; private set; }

        public override void Run(IMailboxTransaction store) => Found = look(store);

        public override void Committed()
        {
        }

        public override void Failed(Exception reason) => throw new AssertionException("the store failed", reason);
    }
}
