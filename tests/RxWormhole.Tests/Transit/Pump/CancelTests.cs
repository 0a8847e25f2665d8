using System.Reactive.Linq;

namespace RxWormhole.Tests.Transit;

/// <summary>Who subscribes, and what leaving does.</summary>
[TestFixture(PumpMode.Inline)]
[TestFixture(PumpMode.Stages)]
public sealed class CancelTests(PumpMode mode) : PumpFixture(mode)
{
    [Test]
    public void NothingBegins_BeforeTheFirstSubscription()
    {
        var reads = 0;
        var send = Sender.Send(new StrangeStream { Reading = (buffer, _) => { reads++; return new(buffer.Length); } }, 1_000_000);
        for (var i = 0; i < 20; i++)
            Until(() => true);
        Assert.That((reads, Left.Written), Is.EqualTo((0, 0)));
        UntilOver(Record(send.Take(1)));
    }

    [Test]
    public void SeveralSubscribers_ShareOneRun()
    {
        var content = Content(600_000);
        var target = new MemoryStream();
        var send = Sender.Send(new MemoryStream(content), content.Length);
        var sending = new[] { Record(send), Record(send), Record(send.Take(1)) };
        UntilOver(sending[2]);
        UntilOver(Record(Receiver.Receive(target, content.Length)));
        UntilOver(sending);
        var late = Record(send);
        UntilOver(late);
        Same(target.ToArray(), content);
        Assert.That(late.Values.Single(), Is.EqualTo(sending[0].Values[^1]));
    }

    [Test]
    public void LastSubscriberLeaving_CancelsAndEndsTheLink()
    {
        var reading = new TaskCompletionSource();
        var source = new StrangeStream { Reading = (buffer, _) => { reading.TrySetResult(); return new(buffer.Length); } };
        var send = Sender.Send(source, 1L << 40);
        var receiving = Record(Receiver.Receive(new StrangeStream { Writing = (_, _) => default }, 1L << 40));
        var one = send.Subscribe();
        var two = send.Subscribe();
        Until(() => reading.Task.IsCompleted);
        one.Dispose();
        Assert.That(Left.IsDisposed, Is.False);
        two.Dispose();
        Assert.That(Left.IsDisposed, Is.True);
        UntilOver(Record(Sender.Quiet()));
        UntilOver(receiving);
        Assert.That(Fault(receiving.Error), Is.EqualTo(TransitFault.Lost), "the other side is told");
        var again = Record(send);
        UntilOver(again);
        Assert.That(Fault(again.Error), Is.EqualTo(TransitFault.Lost));
        Assert.That(again.Error!.Message, Does.Contain("cancelled"));
    }

    [Test]
    public void LeavingBeforeTheTurnHasCome_LeavesTheLinkAlone()
    {
        var target = new MemoryStream();
        var reads = 0;
        Make(window: 1_000);
        var first = Record(Sender.Send(new MemoryStream(new byte[10_000]), 10_000));
        Sender.Send(new StrangeStream { Reading = (buffer, _) => { reads++; return new(buffer.Length); } }, 10).Subscribe().Dispose();
        var third = Record(Sender.Send(new MemoryStream(new byte[10]), 10));
        var receiving = Record(Receiver.Receive(target, 10_010));
        UntilOver(receiving, first, third);
        Assert.That(receiving.Error ?? first.Error ?? third.Error, Is.Null);
        Assert.That(reads, Is.Zero);
    }

    [Test]
    public void CancelAtAnyMoment_LeavesNothingRunning([Range(0, 24)] int moment)
    {
        Record(Sender.Send(new StrangeStream { Reading = (buffer, _) => new(buffer.Length) }, 1L << 40), out var sending);
        Record(Receiver.Receive(new StrangeStream { Writing = (_, _) => default }, 1L << 40), out var receiving);
        if (Mode == PumpMode.Inline)
            Clock.AdvanceBy(moment * 5_000);
        else
            Thread.SpinWait(1 << moment);
        (moment % 2 == 0 ? sending : receiving).Dispose();
        UntilOver(Record((moment % 2 == 0 ? Sender : Receiver).Quiet()));
        UntilOver(Record((moment % 2 == 0 ? Receiver : Sender).Quiet()));
        Assert.That(Left.IsDisposed || Right.IsDisposed, Is.True);
    }

    [Test]
    public void DisposeAtAnyMoment_FailsWhatWaits([Range(0, 12, 2)] int moment)
    {
        var sending = Record(Sender.Send(new StrangeStream { Reading = (buffer, _) => new(buffer.Length) }, 1L << 40));
        var waiting = Record(Sender.SendRecord(new byte[3]));
        var record = Record(Sender.ReceiveRecord());
        if (Mode == PumpMode.Stages)
            Thread.SpinWait(1 << (2 * moment));
        Sender.Dispose();
        Sender.Dispose();
        Until(() => sending.IsOver && waiting.IsOver && record.IsOver);
        Assert.That(new[] { sending.Error, waiting.Error, record.Error }.Select(Fault), Is.All.EqualTo(TransitFault.Lost));
        Assert.That(new[] { sending.Error, waiting.Error }, Is.All.SameAs(record.Error));
    }

    [Test]
    public void AfterDispose_EverythingFails()
    {
        Sender.Dispose();
        var pipe = Sender.OpenPipe();
        var all = new[]
        {
            Record(Sender.Send(new MemoryStream(), 0).Select(_ => 0)), Record(Sender.Receive(new MemoryStream(), 5).Select(_ => 0)),
            Record(Sender.SendRecord(new byte[1]).Select(_ => 0)), Record(Sender.ReceiveRecord().Select(_ => 0)),
        };
        UntilOver(all);
        Assert.That(all.Select(each => Fault(each.Error)), Is.All.EqualTo(TransitFault.Lost));
        Assert.That(async () => await pipe.Input.ReadAsync(), Throws.TypeOf<TransitException>());
    }

    [Test]
    public void WrongArguments_ThrowAtOnce()
    {
        Assert.That(() => Sender.Send(null!, 1), Throws.ArgumentNullException);
        Assert.That(() => Sender.Send(new MemoryStream(), -1), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => Sender.Receive(null!, 1), Throws.ArgumentNullException);
        Assert.That(() => Sender.Receive(new MemoryStream([], writable: false), 1), Throws.ArgumentException);
        Assert.That(() => Sender.Receive(new MemoryStream(), -1), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => Sender.SendRecord(new byte[(64 << 20) + 1]), Throws.ArgumentException);
    }
}
