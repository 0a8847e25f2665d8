using System.Security.Cryptography;

namespace RxWormhole.Tests.Transit;

/// <summary>Bytes whose number nobody knows, in both modes.</summary>
[TestFixture(PumpMode.Inline)]
[TestFixture(PumpMode.Stages)]
public sealed class OpenEndedTests(PumpMode mode) : PumpFixture(mode)
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(262_142)]
    [TestCase(262_143)]
    [TestCase(262_144)]
    [TestCase(5_000_000)]
    public void Bytes_ArriveUpToTheEnd(int size)
    {
        var content = Content(size);
        var target = new MemoryStream();
        using var sent = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var came = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var sending = Record(Sender.Send(new MemoryStream(content), TransferSpan.OpenEnded, sent));
        var receiving = Record(Receiver.Receive(target, TransferSpan.OpenEnded, came));
        UntilOver(sending, receiving);
        foreach (var recorder in new[] { sending, receiving })
        {
            Assert.That(recorder.Error, Is.Null);
            Assert.That(recorder.Values[^1], Is.EqualTo(
                recorder.Values[^1] with { Stage = TransferStage.Finishing, Bytes = size, Total = size, Remaining = TimeSpan.Zero }));
            Assert.That(recorder.Values.Where(each => each.Stage == TransferStage.Moving).Select(each => (each.Total, each.Remaining)), Is.All.EqualTo(((long?)null, (TimeSpan?)null)));
        }

        Same(target.ToArray(), content);
        Assert.That(came.GetCurrentHash(), Is.EqualTo(SHA256.HashData(content)).And.EqualTo(sent.GetCurrentHash()));
    }

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(50_000)]
    public void ReadsOfAnySize_MakeTheSame(int readSize)
    {
        Right.ReadSize = readSize;
        var content = Content(20_000);
        var target = new MemoryStream();
        var pieces = new Queue<byte[]>(content.Chunk(777));
        var source = new StrangeStream { Reading = (buffer, _) => new(pieces.TryDequeue(out var piece) ? Copy(piece, buffer) : 0) };
        var receiving = Record(Receiver.Receive(target, TransferSpan.OpenEnded, null));
        Record(Sender.Send(source, TransferSpan.OpenEnded, null));
        UntilOver(receiving);
        Same(target.ToArray(), content);
    }

    [Test]
    public void WhatComesBehind_IsLeftToWhoReceivesNext()
    {
        _ = Left.WriteAsync(Sealed([.. "one"u8, 0], [0], [.. "two"u8, 0], [], "behind"u8.ToArray())).AsTask();
        var target = new MemoryStream();
        UntilOver(Record(Receiver.Receive(target, TransferSpan.OpenEnded, null)));
        Same(target.ToArray(), "onetwo"u8);
        var record = Record(Receiver.ReceiveRecord());
        UntilOver(record);
        Same(record.Values.Single().Span, "behind"u8);
    }

    [Test]
    public void ConnectionEndsWithoutTheEnd_IsAnError([Values] bool isInRecord)
    {
        var wire = Sealed([.. "one"u8, 0], [.. "two"u8, 0]);
        _ = Left.WriteAsync(isInRecord ? wire.AsMemory(..^1) : wire).AsTask();
        var target = new MemoryStream();
        var receiving = Record(Receiver.Receive(target, TransferSpan.OpenEnded, null));
        Until(() => target.Length == (isInRecord ? 3 : 6));
        Left.Dispose();
        UntilOver(receiving);
        Assert.That(Fault(receiving.Error), Is.EqualTo(TransitFault.Lost));
        Assert.That(receiving.IsCompleted, Is.False);
    }

    [Test]
    public void EndIsForged_IsAnError()
    {
        var wire = Sealed([.. "one"u8, 0], []);
        wire[^1] ^= 1;
        _ = Left.WriteAsync(wire).AsTask();
        var receiving = Record(Receiver.Receive(new MemoryStream(), TransferSpan.OpenEnded, null));
        UntilOver(receiving);
        Assert.That(Fault(receiving.Error), Is.EqualTo(TransitFault.BadRecord));
    }

    [Test]
    public void RecordIsLongerThanIsTaken_IsAnError()
    {
        Make(options: given => given with { RecordBytes = 70_000 });
        _ = Left.WriteAsync(Sealed(new byte[70_001])).AsTask();
        var receiving = Record(Receiver.Receive(new MemoryStream(), TransferSpan.OpenEnded, null));
        UntilOver(receiving);
        Assert.That(Fault(receiving.Error), Is.EqualTo(TransitFault.RecordTooLong));
    }

    [Test]
    public void SourceFails_ItsErrorIsTheResultAndTheOtherSideHasNoEnd()
    {
        var isFirst = true;
        var source = new StrangeStream
        {
            Reading = (buffer, _) =>
            {
                if (!isFirst)
                    throw new IOException("the disk is gone");
                isFirst = false;
                return new(10);
            },
        };
        var receiving = Record(Receiver.Receive(new MemoryStream(), TransferSpan.OpenEnded, null));
        var sending = Record(Sender.Send(source, TransferSpan.OpenEnded, null));
        UntilOver(sending, receiving);
        Assert.That(Fault(sending.Error), Is.EqualTo(TransitFault.Stream));
        Assert.That(sending.Error!.Message, Does.Contain("the disk is gone"));
        Assert.That(Fault(receiving.Error), Is.EqualTo(TransitFault.Lost));
    }

    [Test]
    public void SourceSaysMoreThanItCan_IsAnError()
    {
        var sending = Record(Sender.Send(new StrangeStream { Reading = (buffer, _) => new(buffer.Length + 1) }, TransferSpan.OpenEnded, null));
        UntilOver(sending);
        Assert.That(Fault(sending.Error), Is.EqualTo(TransitFault.Stream));
    }

    [Test]
    public void SenderIsCancelledWhileItsSourceLetsItWait_NothingRunsAnyMore()
    {
        Record(Sender.Send(new StrangeStream { Reading = (_, _) => new(new TaskCompletionSource<int>().Task) }, TransferSpan.OpenEnded, null), out var sending);
        sending.Dispose();
        var quiet = Record(Sender.Quiet());
        UntilOver(quiet);
        Assert.That(Left.IsDisposed, Is.True);
    }

    private static int Copy(ReadOnlySpan<byte> bytes, Memory<byte> buffer)
    {
        bytes.CopyTo(buffer.Span);
        return bytes.Length;
    }
}
