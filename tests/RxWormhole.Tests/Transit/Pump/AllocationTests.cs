using System.Reactive.Linq;

namespace RxWormhole.Tests.Transit;

/// <summary>A record more is no allocation more.</summary>
[TestFixture(PumpMode.Inline)]
[TestFixture(PumpMode.Stages)]
public sealed class AllocationTests(PumpMode mode) : PumpFixture(mode)
{
    private const int Few = 200, Many = 1_200;

#if DEBUG
    // Without optimisation the compiler makes a class of what an asynchronous method remembers: seven of them for a record.
    private const int Tolerated = 700;
#else
    private const int Tolerated = 4;
#endif

    [TestCase(262_144)]
    [TestCase(65_536)]
    [TestCase(16_368)]
    public void Receiving_AllocatesNothingForARecord(int recordSize)
    {
        long Measure(int records) => Allocated(
            new RecordSource(Key, recordSize),
            link => link.Receive(new StrangeStream { Writing = (_, _) => default }, new TransferSpan(0, (long)recordSize * records), null));
        IsNothing(Measure);
    }

    [Test]
    public void Sending_AllocatesNothingForARecord()
    {
        long Measure(int records) => Allocated(
            new RecordSource(Key, 1),
            link => link.Send(new StrangeStream { Reading = (buffer, _) => new(buffer.Length) }, new TransferSpan(0, 262_144L * records), null));
        IsNothing(Measure);
    }

    // What the beginning and the end of a transfer take, and what the runtime does meanwhile, varies by kilobytes; a few bytes for each record would be seen.
    private static void IsNothing(Func<int, long> measure)
    {
        measure(Few);
        var few = Enumerable.Range(0, 3).Min(_ => measure(Few));
        var many = Enumerable.Range(0, 3).Min(_ => measure(Many));
        Assert.That((many - few) / (double)(Many - Few), Is.LessThan(Tolerated), $"bytes a record ({few}, {many})");
    }

    private long Allocated(ITransitConnection connection, Func<TransitLink, IObservable<TransferProgress>> work)
    {
        using var link = Link(connection, Protocol.TransitRole.Receiver);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        using var over = new ManualResetEventSlim();
        Exception? error = null;
        using var subscription = work(link).Subscribe(
            _ => { },
            exception =>
            {
                error = exception;
                over.Set();
            },
            over.Set);
        Assert.That(over.Wait(TimeSpan.FromSeconds(60)), Is.True);
        Assert.That(error, Is.Null);
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }
}
