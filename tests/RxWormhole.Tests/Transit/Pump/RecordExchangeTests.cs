using System.Reactive.Linq;

namespace RxWormhole.Tests.Transit;

/// <summary>Single records, in and out.</summary>
[TestFixture(PumpMode.Inline)]
[TestFixture(PumpMode.Stages)]
public sealed class RecordExchangeTests(PumpMode mode) : PumpFixture(mode)
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(262_144)]
    [TestCase(262_145)]
    [TestCase(3_000_000)]
    public void Record_ArrivesAsOne(int size)
    {
        var record = Content(size);
        var sending = Record(Sender.SendRecord(record));
        var receiving = Record(Receiver.ReceiveRecord());
        UntilOver(receiving);
        UntilOver(sending);
        Same(receiving.Values.Single().Span, record);
        Assert.That((sending.Values.Count, sending.IsCompleted, receiving.IsCompleted), Is.EqualTo((1, true, true)));
    }

    [Test]
    public void ManyRecords_KeepTheirOrder()
    {
        var records = Enumerable.Range(0, 300).Select(i => Content(i * 7, i)).ToArray();
        var receiving = records.Select(_ => Record(Receiver.ReceiveRecord())).ToArray();
        var sending = records.Select(record => Record(Sender.SendRecord(record))).ToArray();
        UntilOver(receiving);
        UntilOver(sending);
        for (var i = 0; i < records.Length; i++)
            Same(receiving[i].Values.Single().Span, records[i]);
    }

    [Test]
    public void Verbs_RunOnceForAll()
    {
        var send = Sender.SendRecord("x"u8.ToArray());
        var receive = Receiver.ReceiveRecord();
        var sending = new[] { Record(send), Record(send) };
        var receiving = new[] { Record(receive), Record(receive) };
        UntilOver(sending);
        UntilOver(receiving);
        var late = Record(receive);
        UntilOver(late);
        UntilOver(Record(send));
        Assert.That(receiving.Append(late).Select(each => each.Values.Single().Length), Is.All.EqualTo(1));
        Assert.That(Left.Written, Is.EqualTo(45));
    }

    [Test]
    public void WhoLeavesBeforeTheRecord_LosesNothing()
    {
        Receiver.ReceiveRecord().Subscribe().Dispose();
        var receive = Receiver.ReceiveRecord();
        receive.Subscribe().Dispose();
        var left = Record(receive, out var leaving);
        Until(() => true);
        leaving.Dispose();
        UntilOver(Record(Sender.SendRecord("one"u8.ToArray())));
        UntilOver(Record(Sender.SendRecord("two"u8.ToArray())));
        var next = Record(Receiver.ReceiveRecord());
        UntilOver(next);
        var again = Record(receive);
        UntilOver(again);
        Assert.That(left.Notifications, Is.Empty);
        Assert.That(next.Values.Single().ToArray(), Is.EqualTo("one"u8.ToArray()));
        Assert.That(again.Values.Single().ToArray(), Is.EqualTo("two"u8.ToArray()));
    }

    [Test]
    public void WhoLeavesInTheMiddleOfARecord_LosesNothing()
    {
        var wire = Sealed(Content(400_000));
        var left = Record(Receiver.ReceiveRecord(), out var leaving);
        _ = Left.WriteAsync(wire.AsMemory(0, 300_000)).AsTask();
        Until(() => Right.Unread == 0);
        leaving.Dispose();
        var target = new MemoryStream();
        var receiving = Record(Receiver.Receive(target, 400_000));
        _ = Left.WriteAsync(wire.AsMemory(300_000)).AsTask();
        UntilOver(receiving);
        Assert.That(receiving.Error, Is.Null);
        Same(target.ToArray(), Content(400_000));
        Assert.That(left.Notifications, Is.Empty);
    }

    [Test]
    public void OtherSideThatCloses_EndsTheWaiting()
    {
        var receiving = Record(Receiver.ReceiveRecord());
        var own = Record(Receiver.ReceiveOwnRecord());
        Sender.Dispose();
        UntilOver(receiving, own);
        Assert.That(Fault(receiving.Error), Is.EqualTo(TransitFault.Lost));
        Assert.That(own.Error, Is.SameAs(receiving.Error));
    }

    [Test]
    public void OwnRecords_ComeWithoutTheEdge()
    {
        var sending = Record(Sender.SendOwnRecord("x"u8.ToArray()));
        var receiving = Record(Receiver.ReceiveOwnRecord());
        UntilOver(receiving);
        UntilOver(sending);
        Assert.That(receiving.Values.Single().ToArray(), Is.EqualTo("x"u8.ToArray()));
    }
}
