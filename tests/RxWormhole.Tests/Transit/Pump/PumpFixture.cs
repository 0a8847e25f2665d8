using System.Reactive.Concurrency;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Reactive.Testing;
using RxWormhole.Protocol;

namespace RxWormhole.Tests.Transit;

/// <summary>Two links over a connection in memory, in either mode. Time is virtual in both; only the stages run on the thread pool.</summary>
public abstract class PumpFixture(PumpMode mode)
{
    private protected static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private protected PumpMode Mode => mode;

    private protected TestScheduler Clock { get; private set; } = new();

    private protected MemoryConnection Left { get; private set; } = null!;

    private protected MemoryConnection Right { get; private set; } = null!;

    private protected TransitLink Sender { get; private set; } = null!;

    private protected TransitLink Receiver { get; private set; } = null!;

    [SetUp]
    public void Connect()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        Clock = new TestScheduler();
        Make();
    }

    [TearDown]
    public void Hang()
    {
        Sender.Dispose();
        Receiver.Dispose();
    }

    private protected void Make(int window = 1 << 20, Func<TransitOptions, TransitOptions>? options = null, byte[]? leftover = null)
    {
        (Left, Right) = MemoryConnection.Pair(mode, window);
        Left.Post = Right.Post = Post;
        Sender = Link(Left, TransitRole.Sender, options);
        Receiver = Link(Right, TransitRole.Receiver, options, leftover);
    }

    private protected TransitLink Link(
        ITransitConnection connection, TransitRole role, Func<TransitOptions, TransitOptions>? options = null, byte[]? leftover = null)
    {
        var transit = new TransitOptions { Connector = new ModeConnector(mode) };
        IScheduler edge = mode == PumpMode.Inline ? Clock : DefaultScheduler.Instance;
        var env = new TransitEnvironment(
            (options ?? (given => given))(transit), Clock, SystemEntropy.Instance, new Edge(edge, _ => { }), this, new TransitLog(NullLogger.Instance, "test"));
        using var keys = new TransitKeys(Key);
        return new TransitLink(connection, new TransitRoute(false, true, "memory"), leftover ?? [], keys, role, env);
    }

    private protected Recorder<T> Record<T>(IObservable<T> stream) => Record(stream, out _);

    private protected Recorder<T> Record<T>(IObservable<T> stream, out IDisposable subscription)
    {
        var recorder = new Recorder<T>(() => TimeSpan.FromTicks(Clock.Clock).TotalSeconds);
        subscription = stream.Subscribe(recorder);
        return recorder;
    }

    private protected void Advance(double seconds) => Clock.AdvanceBy(TimeSpan.FromSeconds(seconds).Ticks);

    /// <summary>Lets happen what happens by itself: in virtual time a moment, with stages until it is so.</summary>
    private protected void Until(Func<bool> isSo, string what = "what was waited for")
    {
        if (mode == PumpMode.Inline)
        {
            for (var i = 0; i < 2000 && !isSo(); i++)
                Clock.AdvanceBy(TimeSpan.FromMilliseconds(1).Ticks);
            Assert.That(isSo(), Is.True, what);
            return;
        }

        Assert.That(SpinWait.SpinUntil(isSo, TimeSpan.FromSeconds(20)), Is.True, what);
    }

    private protected static void IsOver<T>(params Recorder<T>[] recorders) => Assert.That(recorders.All(each => each.IsOver), Is.True);

    private protected void UntilOver<T>(params Recorder<T>[] recorders) => Until(() => recorders.All(each => each.IsOver), "the end");

    /// <summary>Plays a sender that says anything.</summary>
    private protected static byte[] Sealed(params byte[][] plaintexts)
    {
        using var keys = new TransitKeys(Key);
        using var sealer = new RecordSealer(keys.RecordKey(TransitRole.Sender));
        return [.. plaintexts.SelectMany(plaintext =>
        {
            var record = new byte[RecordSealer.Overhead + plaintext.Length];
            plaintext.CopyTo(record, RecordSealer.Overhead);
            sealer.Seal(record);
            return record;
        })];
    }

    private protected static byte[] Content(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    // NUnit compares megabytes one by one.
    private protected static void Same(ReadOnlySpan<byte> actual, ReadOnlySpan<byte> expected)
    {
        Assert.That(actual.Length, Is.EqualTo(expected.Length));
        Assert.That(actual.SequenceEqual(expected), Is.True, "the bytes are others");
    }

    private protected static TransitFault? Fault(Exception? error) => (error as TransitException)?.Fault;

    private void Post(Action action) => Clock.Schedule(TimeSpan.FromMilliseconds(1), action);

    private sealed class ModeConnector(PumpMode mode) : ITransitConnector
    {
        public PumpMode Pumping => mode;

        public IObservable<TransitListener> Listen(TransitPorts ports) => throw new NotSupportedException();

        public IObservable<ITransitConnection> Dial(TransitHint way) => throw new NotSupportedException();
    }
}
