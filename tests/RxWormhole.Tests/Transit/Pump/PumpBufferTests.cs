namespace RxWormhole.Tests.Transit.Pump;

public sealed class PumpBufferTests
{
    [Test]
    public void TwoThreadsGiveABufferBackAtOnce_OnlyOneLinkGetsItsMemory()
    {
        for (var round = 0; round < 500; round++)
        {
            var given = new PumpBuffer();
            Parallel.Invoke(given.Return, given.Return);
            var (one, other) = (new PumpBuffer(), new PumpBuffer());
            Assert.That(one.Bytes, Is.Not.SameAs(other.Bytes), $"round {round}");
            one.Return();
            other.Return();
        }
    }

    [Test]
    public void MemoryThatWasGivenBack_IsWiped()
    {
        var given = new PumpBuffer();
        given.Bytes.AsSpan().Fill(7);
        var bytes = given.Bytes;
        given.Return();
        Assert.That(bytes.AsSpan().ContainsAnyExcept((byte)0) && new PumpBuffer().Bytes == bytes, Is.False);
    }
}
