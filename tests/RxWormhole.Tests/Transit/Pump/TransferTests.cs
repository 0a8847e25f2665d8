using System.Security.Cryptography;

namespace RxWormhole.Tests.Transit;

/// <summary>What the pump moves, in both modes.</summary>
[TestFixture(PumpMode.Inline)]
[TestFixture(PumpMode.Stages)]
public sealed class TransferTests(PumpMode mode) : PumpFixture(mode)
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(65_535)]
    [TestCase(65_536)]
    [TestCase(65_537)]
    [TestCase(262_143)]
    [TestCase(262_144)]
    [TestCase(262_145)]
    [TestCase(5_000_000)]
    public void Bytes_Arrive(int size)
    {
        var content = Content(size);
        var target = new MemoryStream();
        var sending = Record(Sender.Send(new MemoryStream(content), size));
        var receiving = Record(Receiver.Receive(target, size));
        UntilOver(sending, receiving);
        foreach (var recorder in new[] { sending, receiving })
        {
            Assert.That(recorder.Error, Is.Null);
            Assert.That(recorder.Values[^1], Is.EqualTo(recorder.Values[^1] with { Stage = TransferStage.Done, Bytes = size, Total = size, Remaining = TimeSpan.Zero }));
            Assert.That(recorder.Values[^1].Route, Is.EqualTo(Sender.Route));
        }

        Same(target.ToArray(), content);
    }

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(50_000)]
    public void ReadsOfAnySize_MakeTheSame(int readSize)
    {
        Right.ReadSize = readSize;
        var content = Content(readSize * 1000 % 300_000 + 10_000);
        var target = new MemoryStream();
        var receiving = Record(Receiver.Receive(target, content.Length));
        Record(Sender.Send(new MemoryStream(content), content.Length));
        UntilOver(receiving);
        Same(target.ToArray(), content);
    }

    [TestCase(1)]
    [TestCase(100)]
    [TestCase(16_368)]
    [TestCase(65_536)]
    [TestCase(262_144)]
    [TestCase(262_145)]
    [TestCase(1_000_000)]
    public void RecordsOfAnySize_AreTaken(int recordSize)
    {
        var content = Content(Math.Min(recordSize * 40, 3_000_000));
        var wire = Sealed([.. content.Chunk(recordSize), []]);
        var target = new MemoryStream();
        var receiving = Record(Receiver.Receive(target, content.Length));
        _ = Left.WriteAsync(wire).AsTask();
        UntilOver(receiving);
        Assert.That(receiving.Error, Is.Null);
        Same(target.ToArray(), content);
    }

    [Test]
    public void RecordsOfManySizes_AreTaken()
    {
        var content = Content(3_000_000);
        var sizes = new Random(3);
        var chunks = new List<byte[]>();
        for (var at = 0; at < content.Length; at += chunks[^1].Length)
            chunks.Add(content[at..Math.Min(content.Length, at + (sizes.Next(4) == 0 ? sizes.Next(600_000) : sizes.Next(2_000)))]);
        var target = new MemoryStream();
        var receiving = Record(Receiver.Receive(target, content.Length));
        _ = Left.WriteAsync(Sealed([.. chunks])).AsTask();
        UntilOver(receiving);
        Assert.That(receiving.Error, Is.Null);
        Same(target.ToArray(), content);
    }

    [Test]
    public void WhatComesBehind_IsLeftToWhoReceivesNext()
    {
        var content = Content(500_000);
        _ = Left.WriteAsync(Sealed(content[..100_000], content[100_000..300_000], "one"u8.ToArray(), content[300_000..], "two"u8.ToArray())).AsTask();
        var first = new MemoryStream();
        var second = new MemoryStream();
        var receiving = Record(Receiver.Receive(first, 300_000));
        var one = Record(Receiver.ReceiveRecord());
        var rest = Record(Receiver.Receive(second, 200_000));
        var two = Record(Receiver.ReceiveRecord());
        UntilOver(two);
        IsOver(receiving, rest);
        Assert.That(first.ToArray(), Is.EqualTo(content[..300_000]));
        Assert.That(one.Values.Single().ToArray(), Is.EqualTo("one"u8.ToArray()));
        Assert.That(second.ToArray(), Is.EqualTo(content[300_000..]));
        Assert.That(two.Values.Single().ToArray(), Is.EqualTo("two"u8.ToArray()));
    }

    [TestCase(10)]
    [TestCase(200_000)]
    [TestCase(400_000)]
    public void WhatCameWithTheHandshake_IsTheBeginning(int leftover)
    {
        var content = Content(600_000);
        var wire = Sealed([.. content.Chunk(16_368)]);
        Make(leftover: wire[..leftover]);
        var target = new MemoryStream();
        var receiving = Record(Receiver.Receive(target, content.Length));
        _ = Left.WriteAsync(wire.AsMemory(leftover)).AsTask();
        UntilOver(receiving);
        Same(target.ToArray(), content);
    }

    [Test]
    public void BothWaysAtOnce_NeitherWaitsForTheOther()
    {
        var (there, back) = (Content(2_000_000, 1), Content(3_000_000, 2));
        var (right, left) = (new MemoryStream(), new MemoryStream());
        var all = new[]
        {
            Record(Sender.Send(new MemoryStream(there), there.Length)), Record(Receiver.Send(new MemoryStream(back), back.Length)),
            Record(Receiver.Receive(right, there.Length)), Record(Sender.Receive(left, back.Length)),
        };
        UntilOver(all);
        Same(right.ToArray(), there);
        Same(left.ToArray(), back);
    }

    [Test]
    public void PartOfAWhole_IsCountedFromItsOffsetAndHashed()
    {
        var content = Content(700_000);
        using var sent = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var received = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var span = new TransferSpan(1_000, content.Length);
        var sending = Record(Sender.Send(new MemoryStream(content), span, sent));
        var receiving = Record(Receiver.Receive(new MemoryStream(), span, received));
        UntilOver(sending, receiving);
        Assert.That(sending.Values[0], Has.Property(nameof(TransferProgress.Bytes)).EqualTo(1_000));
        Assert.That(receiving.Values[^1], Has.Property(nameof(TransferProgress.Bytes)).EqualTo(701_000));
        Assert.That(receiving.Values[^1].Stage, Is.EqualTo(TransferStage.Finishing));
        Assert.That(sent.GetHashAndReset(), Is.EqualTo(SHA256.HashData(content)));
        Assert.That(received.GetHashAndReset(), Is.EqualTo(SHA256.HashData(content)));
    }

    [Test]
    public void StalledReader_StopsTheSourceAfterABoundedNumberOfBytes()
    {
        var source = new CountingStream(long.MaxValue);
        Record(Sender.Send(source, 1L << 40));
        Until(() => Left.Written >= 1 << 20);
        Until(() => source.Count >= (Mode == PumpMode.Inline ? 4 : 9) * 262_144, "all buffers are full");
        var count = source.Count;
        for (var i = 0; i < 20; i++)
        {
            Thread.Yield();
            if (Mode == PumpMode.Inline)
                Advance(0.1);
        }

        Assert.That(source.Count, Is.LessThanOrEqualTo((1 << 20) + 6 * 262_144).And.LessThan(count + 3 * 262_144));
    }

    private sealed class CountingStream(long length) : Stream
    {
        private long count;

        internal long Count => Volatile.Read(ref count);

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get => count; set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Interlocked.Add(ref count, buffer.Length);
            return new(buffer.Length);
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
