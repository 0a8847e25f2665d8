using System.Buffers.Binary;

namespace RxWormhole.Protocol.Tests;

public sealed class RecordTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    [Test]
    public void AnyByteChanged_IsRefused()
    {
        var record = Sealed("what it holds"u8.ToArray());
        for (var i = RecordSealer.LengthBytes; i < record.Length; i++)
        {
            var changed = record.ToArray();
            changed[i] ^= 1;
            using var opener = new RecordOpener(Key, 100);
            var expected = i < RecordSealer.LengthBytes + 24 ? RecordFault.OutOfOrder : RecordFault.BrokenSeal;
            Assert.That(opener.Open(changed, new byte[record.Length - RecordSealer.Overhead]), Is.EqualTo(expected), $"byte {i}");
        }
    }

    [TestCase(0u, RecordFault.TooShort)]
    [TestCase(39u, RecordFault.TooShort)]
    [TestCase(40u, RecordFault.None)]
    [TestCase(140u, RecordFault.None)]
    [TestCase(141u, RecordFault.TooLong)]
    [TestCase(0x7fff_ffffu, RecordFault.TooLong)]
    [TestCase(0x8000_0000u, RecordFault.TooLong)]
    [TestCase(0xffff_ffffu, RecordFault.TooLong)]
    public void Length_IsCheckedBeforeAnythingElse(uint announced, RecordFault expected)
    {
        using var opener = new RecordOpener(Key, 100);
        var head = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(head, announced);
        Assert.That(opener.ReadLength(head, out var length), Is.EqualTo(expected));
        Assert.That(length, Is.EqualTo(expected == RecordFault.None ? (int)announced + 4 : 0));
    }

    [Test]
    public void LengthInPart_IsNotKnownYet([Range(0, 3)] int have)
    {
        using var opener = new RecordOpener(Key, 100);
        Assert.That(opener.ReadLength(new byte[have], out var length), Is.EqualTo(RecordFault.None));
        Assert.That(length, Is.Zero);
    }

    [Test]
    public void PlaintextMovedToTheFront_IsTheSame([Values(0, 1, 43, 44, 45, 1000, 300_000)] int size)
    {
        // The pump opens records towards the front of the buffer they are in, over what was there.
        var plaintext = Enumerable.Range(0, size).Select(i => (byte)(i * 7)).ToArray();
        var buffer = new byte[10 + RecordSealer.Overhead + size];
        Sealed(plaintext).CopyTo(buffer, 10);
        using var opener = new RecordOpener(Key, size);
        Assert.That(opener.Open(buffer.AsSpan(10), buffer.AsSpan(0, size)), Is.EqualTo(RecordFault.None));
        Assert.That(buffer[..size], Is.EqualTo(plaintext));
    }

    [Test]
    public void NonceThatIsUsedUp_IsNeverUsedAgain()
    {
        using var sealer = new RecordSealer(Key, UInt128.MaxValue);
        Assert.That(() => sealer.Seal(new byte[RecordSealer.Overhead]), Throws.TypeOf<OverflowException>());
    }

    [Test]
    public void AfterDispose_NothingIsSealedOrOpened()
    {
        var sealer = new RecordSealer(Key);
        sealer.Dispose();
        Assert.That(() => sealer.Seal(new byte[RecordSealer.Overhead]), Throws.TypeOf<ObjectDisposedException>());
        var opener = new RecordOpener(Key, 0);
        opener.Dispose();
        Assert.That(() => opener.Open(new byte[RecordSealer.Overhead], []), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void WrongArguments_ThrowAtOnce()
    {
        Assert.That(() => new RecordSealer(new byte[31]), Throws.ArgumentException);
        Assert.That(() => new RecordOpener(new byte[33], 1), Throws.ArgumentException);
        Assert.That(() => new RecordOpener(Key, -1), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => new RecordOpener(Key, int.MaxValue), Throws.InstanceOf<ArgumentException>());
        using var sealer = new RecordSealer(Key);
        Assert.That(() => sealer.Seal(new byte[RecordSealer.Overhead - 1]), Throws.ArgumentException);
        using var opener = new RecordOpener(Key, 1);
        Assert.That(() => opener.Open(new byte[RecordSealer.Overhead - 1], []), Throws.ArgumentException);
        Assert.That(() => opener.Open(new byte[RecordSealer.Overhead + 1], new byte[2]), Throws.ArgumentException);
    }

    private static byte[] Sealed(byte[] plaintext)
    {
        using var sealer = new RecordSealer(Key);
        return Records.Seal(sealer, plaintext);
    }
}
