using System.Globalization;
using RxWormhole.Protocol;

namespace RxWormhole.Server.Tests;

/// <summary>What every store promises, whatever it keeps things in: see <see cref="IMailboxStore"/>.</summary>
public abstract class MailboxStoreContract
{
    private protected const string App = "example.com/contract";

    private protected static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private protected static readonly KeepPolicy Keep = new(TimeSpan.FromMinutes(11), TimeSpan.FromDays(7), TimeSpan.FromDays(30));

    private protected IMailboxStore Store { get; set; } = null!;

    private protected abstract IMailboxStore Create();

    [SetUp]
    public void Begin() => Store = Create();

    [TearDown]
    public void End() => Store.Dispose();

    [Test]
    public void WholeExchange_IsKeptAndThenGone()
    {
        var mailbox = Claim("a", "4");
        Assert.That(Claim("b", "4"), Is.EqualTo(mailbox));
        Run("a", new Operation.Open(mailbox, null));
        Run("a", new Operation.Add(mailbox, "pake", "00aa", "\"x1\""));
        Run("b", new Operation.Open(mailbox, null));
        Run("b", new Operation.Add(mailbox, "pake", "11bb", "null"));
        var replay = Run("a", new Operation.Open(mailbox, null)).Replay!;
        Assert.Multiple(() =>
        {
            Assert.That(replay.Select(message => (message.Side, message.Phase, message.Body, message.Id)), Is.EqualTo(new[]
            {
                ("a", "pake", "00aa", "\"x1\""),
                ("b", "pake", "11bb", "null"),
            }));
            Assert.That(replay[0].ServerRx, Is.EqualTo((Start - DateTimeOffset.UnixEpoch).TotalSeconds));
            Assert.That(Store.Size, Is.EqualTo(2 * "apake00aa".Length + "\"x1\"null".Length));
        });
        foreach (var side in new[] { "a", "b" })
        {
            Run(side, new Operation.Release("4"));
            Run(side, new Operation.Close(mailbox, "happy"));
        }

        Assert.Multiple(() =>
        {
            Assert.That(Look(store => store.Nameplates), Is.Empty);
            Assert.That(Look(store => store.FindMailbox(mailbox)), Is.Null);
            Assert.That(Look(store => store.Read(mailbox)), Is.Empty);
            Assert.That(Store.Size, Is.Zero);
            Assert.That(Store.Count, Is.Zero);
        });
    }

    [Test]
    public void Message_IsFoundByAllThatItIs()
    {
        Run("a", new Operation.Open("m", null));
        Run("a", new Operation.Add("m", "0", "00", "1"));
        Run("a", new Operation.Add("m", "0", "00", "2"));
        Assert.Multiple(() =>
        {
            Assert.That(Look(store => store.FindMessage("m", "a", "0", "00")?.Id), Is.EqualTo("1"));
            Assert.That(Look(store => store.FindMessage("m", "b", "0", "00")), Is.Null);
            Assert.That(Look(store => store.FindMessage("m", "a", "1", "00")), Is.Null);
            Assert.That(Look(store => store.FindMessage("m", "a", "0", "01")), Is.Null);
            Assert.That(Look(store => store.FindMessage("n", "a", "0", "00")), Is.Null);
        });
    }

    [Test]
    public void Mailbox_ComesBackWithEverythingItHad()
    {
        var saved = new Mailbox("m", "4", [new MailboxSide("a", true, null), new MailboxSide("b", false, "happy")], Start.AddTicks(1), TimeSpan.FromTicks(77))
        {
            Until = Start.AddDays(3).AddTicks(5),
            Messages = 3,
            Size = 1L << 40,
        };
        var nameplate = new Nameplate("4", "m", true, [new NameplateSide("a", true)]);
        Look(store =>
        {
            store.Save(default, new Meeting(nameplate, saved));
            return true;
        });
        var (mailbox, found) = Look(store => (store.FindMailbox("m")!, store.FindNameplate("4")!));
        Assert.Multiple(() =>
        {
            Assert.That(mailbox.Sides, Is.EqualTo(saved.Sides));
            Assert.That(mailbox with { Sides = saved.Sides }, Is.EqualTo(saved));
            Assert.That(found.Sides, Is.EqualTo(nameplate.Sides));
            Assert.That(found with { Sides = nameplate.Sides }, Is.EqualTo(nameplate));
            Assert.That(Look(store => store.FindMailbox("m"), "another.example"), Is.Null, "applications do not see each other");
            Assert.That(Look(store => store.FindNameplate("4"), "another.example"), Is.Null);
            Assert.That(Look(store => store.FindWaiting("a"), "another.example"), Is.Null);
        });
    }

    [Test]
    public void Nameplates_AreListedAsTextAndCountedByLength()
    {
        foreach (var name in new[] { "10", "9", "007", "0", "123", "45" })
            Claim("a", name);
        Assert.Multiple(() =>
        {
            Assert.That(Look(store => store.Nameplates.ToArray()), Is.EqualTo(new[] { "0", "007", "10", "123", "45", "9" }));
            Assert.That(Look(store => Enumerable.Range(1, 4).Select(store.CountNameplates).ToArray()), Is.EqualTo(new[] { 1, 2, 1, 0 }));
        });
        Run("a", new Operation.Release("45"));
        Assert.That(Look(store => store.CountNameplates(2)), Is.EqualTo(1));
    }

    [Test]
    public void AllocatedNameplate_IsFoundAgainUntilSomebodyElseClaimsIt()
    {
        var name = ((ServerMessage.Allocated)Run("a", new Operation.Allocate()).Reply!).Nameplate;
        Assert.That(Look(store => store.FindWaiting("a")?.Name), Is.EqualTo(name));
        Assert.That(Look(store => store.FindWaiting("b")), Is.Null);
        Claim("b", name);
        Assert.That(Look(store => store.FindWaiting("a")), Is.Null);
    }

    [Test]
    public void Expired_AreFoundInOrderAndAtMostSoMany()
    {
        for (var i = 0; i < 5; i++)
            Run("a", new Operation.Open($"m{i}", null), now: Start.AddMinutes(-i));
        Run("a", new Operation.Open("other", null), App + "/2", Start.AddHours(1));
        Run("a", new Operation.Open("m4", null), now: Start.AddMinutes(10));
        Assert.Multiple(() =>
        {
            Assert.That(Expired(Start.AddMinutes(8), 10), Is.Empty);
            Assert.That(Expired(Start.AddMinutes(10.5), 10), Is.EqualTo(new[] { "m3", "m2", "m1" }), "the fourth was touched");
            Assert.That(Expired(Start.AddMinutes(10.5), 2), Is.EqualTo(new[] { "m3", "m2" }));
            Assert.That(Expired(Start.AddHours(2), 100), Has.Length.EqualTo(6));
        });
    }

    [Test]
    public void WorkFromManyThreads_IsDoneOneAfterTheOtherAndToldInThatOrder()
    {
        Claim("a", "4");
        Run("a", new Operation.Open("m", null));
        var told = new List<string>();
        var failures = new List<Exception>();
        Parallel.For(0, 8, thread =>
        {
            for (var i = 0; i < 50; i++)
            {
                var phase = $"{thread}-{i}";
                Store.Submit(new Work<OperationResult>(
                    App,
                    store => MailboxOperations.Run(store, new Operation.Add("m", phase, "00", "null"), Context("a", Start)),
                    result => told.Add(result.Added!.Phase),
                    failures.Add));
            }
        });
        var stored = Look(store => store.Read("m").Select(message => message.Phase).ToArray());
        Assert.Multiple(() =>
        {
            Assert.That(failures, Is.Empty);
            Assert.That(Store.Count, Is.EqualTo(2));
            Assert.That(stored, Has.Length.EqualTo(400));
            Assert.That(told, Is.EqualTo(stored));
            Assert.That(Look(store => store.FindMailbox("m")!.Messages), Is.EqualTo(400));
        });
    }

    [Test]
    public void AnyOperations_GiveWhatTheSimplestStoreGives([Range(1, 12)] int seed)
    {
        var random = new Random(seed);
        var simplest = new MemoryMailboxes();
        var now = Start;
        for (var i = 0; i < 400; i++)
        {
            now += TimeSpan.FromSeconds(random.Next(100));
            var side = $"s{random.Next(3)}";
            var operation = Any(random, i);
            var bits = (ulong)random.NextInt64();
            var context = Context(side, now) with { FreshMailbox = $"fresh{i}", Random = bits, MayRepeat = random.Next(4) == 0, Quota = new MailboxQuota(20, 260) };
            var expected = MailboxOperations.Run(simplest, operation, context);
            var given = Finish(store => MailboxOperations.Run(store, operation, context), App);
            Assert.That(Describe(given), Is.EqualTo(Describe(expected)), $"step {i}: {side} {operation}");
            if (random.Next(20) > 0)
                continue;
            var expired = simplest.Expired(now).ToArray();
            Assert.That(Expired(now, 1000), Is.EqualTo(expired));
            foreach (var id in expired)
            {
                MailboxOperations.Prune(simplest, id, isSubscribed: false, now);
                Finish(store => MailboxOperations.Prune(store, id, isSubscribed: false, now), App);
            }
        }

        Assert.That(Look(store => store.Nameplates.ToArray()), Is.EqualTo(simplest.Nameplates));
        Assert.That(Store.Size, Is.EqualTo(simplest.Size));
    }

    private static Operation Any(Random random, int made)
    {
        var name = $"{random.Next(1, 5)}";
        var mailbox = random.Next(3) == 0 ? $"m{random.Next(3)}" : $"fresh{random.Next(made + 1) - 1}";
        return random.Next(8) switch
        {
            0 => new Operation.Allocate(),
            1 => new Operation.Claim(name, random.Next(2) == 0 ? null : random.Next(1, 100_000)),
            2 => new Operation.Release(name),
            3 => new Operation.Open(mailbox, null, random.Next(3)),
            4 or 5 => new Operation.Add(mailbox, $"{random.Next(4)}", new string('a', random.Next(30)), "null"),
            6 => new Operation.Close(mailbox, random.Next(2) == 0 ? "happy" : null),
            _ => new Operation.List(),
        };
    }

    private static string Describe(OperationResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Describe(result.Reply)} {result.Refusal} {string.Join(',', result.Replay ?? [])} {result.Added} {result.Before.Mailbox?.Id}>{result.After.Mailbox?.Id} {result.Before.Nameplate?.Name}>{result.After.Nameplate?.Name} {result.After.Mailbox?.Expires:O}");

    private static string? Describe(ServerMessage? reply) => reply is ServerMessage.Nameplates names ? string.Join(',', names.Names) : reply?.ToString();

    private protected string Claim(string side, string name) => ((ServerMessage.Claimed)Run(side, new Operation.Claim(name, null)).Reply!).Mailbox;

    private protected OperationResult Run(string side, Operation operation, string appId = App, DateTimeOffset? now = null) =>
        Finish(store => MailboxOperations.Run(store, operation, Context(side, now ?? Start)), appId);

    private protected T Look<T>(Func<IMailboxTransaction, T> look, string appId = App) => Finish(look, appId);

    private protected string[] Expired(DateTimeOffset now, int limit) => [.. Store.FindExpired(now, limit).Select(each => each.Mailbox)];

    private protected T Finish<T>(Func<IMailboxTransaction, T> run, string appId)
    {
        var done = new TaskCompletionSource<T>();
        Store.Submit(new Work<T>(appId, run, done.SetResult, done.SetException));
        return done.Task.WaitAsync(TimeSpan.FromSeconds(30)).GetAwaiter().GetResult();
    }

    private int fresh;

    private OperationContext Context(string side, DateTimeOffset now) =>
        new(side, now, Keep, $"fresh{Interlocked.Increment(ref fresh)}", 0x9E3779B97F4A7C15);

    private protected sealed class Work<T>(string appId, Func<IMailboxTransaction, T> run, Action<T> committed, Action<Exception> failed) : MailboxWork(appId)
    {
        private T result = default!;

        public override void Run(IMailboxTransaction store) => result = run(store);

        public override void Committed() => committed(result);

        public override void Failed(Exception reason) => failed(reason);
    }
}
