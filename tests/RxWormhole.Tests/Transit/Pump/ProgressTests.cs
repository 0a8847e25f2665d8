using System.Reactive.Linq;

namespace RxWormhole.Tests.Transit;

/// <summary>How far it is, and that nothing moves, in virtual time.</summary>
public sealed class ProgressTests() : PumpFixture(PumpMode.Inline)
{
    [Test]
    public void Values_ComeTenTimesASecondAtMostWithRateAndRest()
    {
        // A megabyte a second.
        var sending = Record(Sender.Send(Slow(100_000, TimeSpan.FromSeconds(0.1)), 10_000_000));
        var receiving = Record(Receiver.Receive(new MemoryStream(), 10_000_000));
        Advance(5);
        var half = receiving.Values[^1];
        Assert.That(half.Bytes, Is.EqualTo(5_000_000).Within(200_000));
        Assert.That(half.BytesPerSecond, Is.EqualTo(1_000_000).Within(50_000));
        Assert.That(half.Remaining!.Value.TotalSeconds, Is.EqualTo(5).Within(0.5));
        Assert.That(half.Stage, Is.EqualTo(TransferStage.Moving));
        Assert.That(receiving.Values, Has.Count.InRange(45, 55));
        Advance(6);
        Assert.That(receiving.IsCompleted && sending.IsCompleted, Is.True);
        Assert.That(receiving.Values.Select(each => each.Bytes), Is.Ordered);
        Assert.That(receiving.Values[0].Bytes, Is.Zero);
        Assert.That(receiving.Values[^1], Is.EqualTo(receiving.Values[^1] with { Bytes = 10_000_000, Stage = TransferStage.Done }));
    }

    [Test]
    public void TransferOnWhichNothingMoves_IsSilentAfterTheTime()
    {
        Make(options: given => given with { Silence = TimeSpan.FromSeconds(32) });
        Left.IsSilent = true;
        var sending = Record(Sender.Send(new MemoryStream(new byte[1_000]), 1_000));
        var receiving = Record(Receiver.Receive(new MemoryStream(), 1_000));
        Advance(31);
        Assert.That(sending.IsOver || receiving.IsOver, Is.False);
        Advance(4);
        Assert.That(new[] { Fault(sending.Error), Fault(receiving.Error) }, Has.Some.EqualTo(TransitFault.Silent).And.All.AnyOf(TransitFault.Silent, TransitFault.Lost));
        Assert.That(sending.EndedAt, Is.InRange(32, 35));
    }

    [Test]
    public void TransferThatCrawls_IsNotSilent()
    {
        Make(options: given => given with { Silence = TimeSpan.FromSeconds(32) });
        var wire = Sealed(Content(100));
        var receiving = Record(Receiver.Receive(new MemoryStream(), 100));
        foreach (var each in wire)
        {
            _ = Left.WriteAsync(new[] { each }).AsTask();
            Advance(29);
            Assert.That(receiving.Error, Is.Null);
        }

        UntilOver(receiving);
        Assert.That(receiving.Error, Is.Null);
    }

    [Test]
    public void ApplicationWaitingForARecord_WaitsAsLongAsItTakes()
    {
        var receiving = Record(Receiver.ReceiveRecord());
        Advance(3_600);
        Assert.That(receiving.IsOver, Is.False);
        var wire = Sealed(Content(100));
        _ = Left.WriteAsync(wire.AsMemory(0, 30)).AsTask();
        Advance(70);
        Assert.That(Fault(receiving.Error), Is.EqualTo(TransitFault.Silent), "a record that has begun has to go on");
    }

    [Test]
    public void SessionWaitingForARecord_WaitsAsLongAsItWasTold()
    {
        var own = Record(Receiver.ReceiveOwnRecord(TimeSpan.FromMinutes(10)));
        Advance(590);
        Assert.That(own.IsOver, Is.False);
        Advance(60);
        Assert.That(Fault(own.Error), Is.EqualTo(TransitFault.Silent));
        Make();
        var sooner = Record(Receiver.ReceiveOwnRecord());
        Advance(65);
        Assert.That(Fault(sooner.Error), Is.EqualTo(TransitFault.Silent));
    }

    [Test]
    public void WhoWaitsBehindAnAbandonedRead_IsNotLeftWithoutATimeLimit()
    {
        Receiver.ReceiveRecord().Subscribe().Dispose();
        Advance(3_600);
        var receiving = Record(Receiver.Receive(new MemoryStream(), 10));
        Advance(65);
        Assert.That(Fault(receiving.Error), Is.EqualTo(TransitFault.Silent));
    }

    [Test]
    public void WhoWaitsBehindAPatientOne_IsPatientToo()
    {
        var first = Record(Receiver.ReceiveRecord());
        var second = Record(Receiver.Receive(new MemoryStream(), 3));
        Advance(3_600);
        Assert.That(first.IsOver || second.IsOver, Is.False);
        _ = Left.WriteAsync(Sealed("one"u8.ToArray(), "two"u8.ToArray())).AsTask();
        UntilOver(second);
        Assert.That(second.Error, Is.Null);
    }

    [Test]
    public void NothingIsLeftOnTheClock_WhenAllIsOver()
    {
        var sending = Record(Sender.Send(new MemoryStream(new byte[9]), 9));
        var receiving = Record(Receiver.Receive(new MemoryStream(), 9));
        UntilOver(sending, receiving);
        Record(Sender.SendRecord(new byte[3]));
        UntilOver(Record(Receiver.ReceiveRecord()));
        Sender.Dispose();
        Receiver.Dispose();
        Clock.Start();
        Assert.That(TimeSpan.FromTicks(Clock.Clock).TotalSeconds, Is.LessThan(10), "a timer would have gone on for ever");
    }

    private StrangeStream Slow(int piece, TimeSpan pause) => new()
    {
        Reading = (buffer, _) =>
        {
            var done = new TaskCompletionSource<int>();
            Observable.Timer(pause, Clock).Subscribe(_ => done.SetResult(Math.Min(piece, buffer.Length)));
            return new(done.Task);
        },
    };
}
