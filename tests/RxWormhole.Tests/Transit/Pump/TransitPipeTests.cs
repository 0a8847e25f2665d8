using System.IO.Pipelines;

namespace RxWormhole.Tests.Transit;

/// <summary>A link as a stream of bytes.</summary>
[TestFixture(PumpMode.Inline)]
[TestFixture(PumpMode.Stages)]
public sealed class TransitPipeTests(PumpMode mode) : PumpFixture(mode)
{
    [Test]
    public void Bytes_GoBothWays()
    {
        var (here, there) = (Sender.OpenPipe(), Receiver.OpenPipe());
        var (one, two) = (Content(700_000, 1), Content(900_000, 2));
        var all = new Task[]
        {
            WriteAsync(here.Output, one), WriteAsync(there.Output, two), ReadAsync(there.Input, one), ReadAsync(here.Input, two),
        };
        Until(() => all.All(each => each.IsCompleted));
        Assert.That(all.Select(each => each.Exception), Is.All.Null);
    }

    [Test]
    public void FlushedBytes_ArriveThoughTheLinkIsDisposedOf()
    {
        var writing = WriteAsync(Sender.OpenPipe().Output, "bye"u8.ToArray());
        Until(() => writing.IsCompleted);
        Sender.Dispose();
        var input = Receiver.OpenPipe().Input;
        var reading = ReadAsync(input, "bye"u8.ToArray());
        Until(() => reading.IsCompleted);
        var end = input.ReadAsync().AsTask();
        Until(() => end.IsCompleted);
        Assert.That(end.Result.IsCompleted && end.Result.Buffer.IsEmpty, Is.True);
    }

    [Test]
    public void BadRecord_FailsBothEnds()
    {
        var pipe = Receiver.OpenPipe();
        _ = Left.WriteAsync(new byte[100]).AsTask();
        var reading = pipe.Input.ReadAsync().AsTask();
        Until(() => reading.IsCompleted);
        Assert.That(Fault(reading.Exception!.InnerException), Is.EqualTo(TransitFault.BadRecord));
        Until(() => WriteAsync(pipe.Output, new byte[1]) is { IsCompletedSuccessfully: true } or { IsFaulted: true });
    }

    [Test]
    public void ReaderThatDoesNotRead_StopsTheWriter()
    {
        Make(window: 50_000);
        Receiver.OpenPipe();
        var writing = WriteAsync(Sender.OpenPipe().Output, new byte[5_000_000]);
        for (var i = 0; i < 20; i++)
            Until(() => true);
        Assert.That(writing.IsCompleted, Is.False);
        Assert.That(Left.Written, Is.LessThan(2_000_000));
    }

    [Test]
    public void IdlePipe_StaysOpen()
    {
        var input = Receiver.OpenPipe().Input;
        var reading = ReadAsync(input, "late"u8.ToArray());
        Advance(3_600);
        var writing = WriteAsync(Sender.OpenPipe().Output, "late"u8.ToArray());
        Until(() => reading.IsCompleted && writing.IsCompleted);
        Assert.That(reading.IsCompletedSuccessfully, Is.True);
    }

    private static async Task WriteAsync(PipeWriter output, byte[] bytes) => await output.WriteAsync(bytes).ConfigureAwait(false);

    private static async Task ReadAsync(PipeReader input, byte[] expected)
    {
        var read = await input.ReadAtLeastAsync(expected.Length).ConfigureAwait(false);
        var equal = System.Buffers.BuffersExtensions.ToArray(read.Buffer).AsSpan().SequenceEqual(expected);
        input.AdvanceTo(read.Buffer.End);
        if (!equal)
            throw new InvalidDataException("the bytes are others");
    }
}
