using System.Buffers.Binary;

namespace RxWormhole.Tests.Transit;

/// <summary>A sender that does not keep to the rules: a clear error, and the link is at its end.</summary>
[TestFixture(PumpMode.Inline)]
[TestFixture(PumpMode.Stages)]
public sealed class HostileRecordTests(PumpMode mode) : PumpFixture(mode)
{
    private static readonly byte[] Whole = Content(100_000);

    private static IEnumerable<TestCaseData> Wires()
    {
        var good = Sealed(Whole[..50_000], Whole[50_000..]);
        yield return Case("wrong nonce", TransitFault.BadRecord, Changed(good, 50_044 + 4 + 23));
        yield return Case("broken tag", TransitFault.BadRecord, Changed(good, 50_044 + 28));
        yield return Case("changed byte", TransitFault.BadRecord, Changed(good, good.Length - 1));
        yield return Case("record doubled", TransitFault.BadRecord, [.. good[..50_044], .. good[..50_044]]);
        yield return Case("record left out", TransitFault.BadRecord, good[50_044..]);
        yield return Case("length 0", TransitFault.BadRecord, [.. good[..50_044], 0, 0, 0, 0]);
        yield return Case("length 39", TransitFault.BadRecord, [.. good[..50_044], 0, 0, 0, 39, .. new byte[39]]);
        yield return Case("longer than taken", TransitFault.RecordTooLong, [.. good[..50_044], .. Announced(70_000 + 41)]);
        yield return Case("as long as can be said", TransitFault.RecordTooLong, [.. good[..50_044], 0xff, 0xff, 0xff, 0xff]);
        yield return Case("one byte too much", TransitFault.TooMuch, Sealed(Whole[..50_000], [.. Whole[50_000..], 0]));
        yield return Case("too much announced", TransitFault.TooMuch, [.. good[..50_044], .. Announced(50_041)]);
    }

    [TestCaseSource(nameof(Wires))]
    public void WrongRecord_EndsTheLinkWithItsFault(TransitFault fault, byte[] wire)
    {
        Make(options: given => given with { RecordBytes = 70_000 });
        var target = new MemoryStream();
        var receiving = Record(Receiver.Receive(target, Whole.Length));
        var next = Record(Receiver.ReceiveRecord());
        _ = Left.WriteAsync(wire).AsTask();
        UntilOver(receiving);
        Until(() => next.IsOver);
        Assert.That(Fault(receiving.Error), Is.EqualTo(fault));
        Assert.That(next.Error, Is.SameAs(receiving.Error), "everything after it fails the same way");
        Assert.That(Right.IsDisposed, Is.True);
        Assert.That(Whole.AsSpan().StartsWith(target.ToArray()), Is.True, "nothing is written that was not sealed by the other side");
    }

    [TestCaseSource(nameof(Wires))]
    public void WrongRecord_IsNoRecord(TransitFault fault, byte[] wire)
    {
        Make(options: given => given with { RecordBytes = 70_000 });
        var first = Record(Receiver.ReceiveRecord());
        var second = Record(Receiver.ReceiveRecord());
        _ = Left.WriteAsync(wire).AsTask();
        _ = Left.WriteAsync(new byte[60_000]).AsTask();
        UntilOver(first, second);
        if (fault != TransitFault.TooMuch)
            Assert.That(Fault(second.Error), Is.EqualTo(fault));
    }

    [TestCase(0)]
    [TestCase(3)]
    [TestCase(44)]
    [TestCase(1_000)]
    [TestCase(50_044)]
    [TestCase(100_087)]
    public void ConnectionThatIsClosedTooEarly_IsLost(int after)
    {
        var target = new MemoryStream();
        var receiving = Record(Receiver.Receive(target, Whole.Length));
        _ = Left.WriteAsync(Sealed(Whole[..50_000], Whole[50_000..]).AsMemory(0, after)).AsTask();
        Left.Dispose();
        UntilOver(receiving);
        Assert.That(Fault(receiving.Error), Is.EqualTo(TransitFault.Lost));
        Assert.That(target.Length, Is.EqualTo(after >= 50_044 ? 50_000 : 0), "what came whole is there");
        Assert.That(receiving.Values[^1].Bytes, Is.EqualTo(target.Length), "and the last value says so");
    }

    [Test]
    public void RecordThatIsOnlyAnnounced_TakesItsRoomOnce()
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var receiving = Record(Receiver.Receive(new MemoryStream(), 1L << 40));
        _ = Left.WriteAsync(Announced((64 << 20) + 40)).AsTask();
        Until(() => GC.GetTotalAllocatedBytes() - before > 60 << 20);
        for (var i = 0; i < 100; i++)
        {
            _ = Left.WriteAsync(new byte[1000]).AsTask();
            Until(() => true);
        }

        Assert.That(GC.GetTotalAllocatedBytes(precise: true) - before, Is.LessThan(80 << 20));
        Left.Dispose();
        UntilOver(receiving);
    }

    [Test]
    public void LongRecordsOneAfterTheOther_TakeTheirRoomOnce()
    {
        var content = Content(16 << 20);
        var wire = Sealed([.. content.Chunk(2 << 20)]);
        Make(window: 64 << 20);
        _ = Left.WriteAsync(wire).AsTask();
        var target = new StrangeStream { Writing = (_, _) => ValueTask.CompletedTask };
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var receiving = Record(Receiver.Receive(target, content.Length));
        UntilOver(receiving);
        Assert.That(receiving.Error, Is.Null);
        Assert.That(GC.GetTotalAllocatedBytes(precise: true) - before, Is.LessThan(6 << 20));
    }

    private static TestCaseData Case(string name, TransitFault fault, byte[] wire) => new TestCaseData(fault, wire).SetArgDisplayNames(name);

    private static byte[] Changed(byte[] wire, int at)
    {
        var changed = wire.ToArray();
        changed[at] ^= 0x40;
        return changed;
    }

    private static byte[] Announced(int length)
    {
        var head = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(head, length);
        return head;
    }
}
