namespace RxWormhole.Tests.Transit;

/// <summary>Streams of the application that end too early, throw, are slow or hang.</summary>
[TestFixture(PumpMode.Inline)]
[TestFixture(PumpMode.Stages)]
public sealed class StreamTests(PumpMode mode) : PumpFixture(mode)
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(262_144)]
    [TestCase(700_000)]
    public void SourceThatEndsTooEarly_IsTheStreamsFault(int has)
    {
        var receiving = Record(Receiver.Receive(new MemoryStream(), 1_000_000));
        var sending = Record(Sender.Send(new MemoryStream(new byte[has]), 1_000_000));
        UntilOver(sending, receiving);
        Assert.That(Fault(sending.Error), Is.EqualTo(TransitFault.Stream));
        Assert.That(sending.Error!.Message, Does.Contain($"{1_000_000 - has} bytes too early"));
        Assert.That(Fault(receiving.Error), Is.EqualTo(TransitFault.Lost), "the other side is not left waiting");
        Assert.That(receiving.Values[^1].Bytes, Is.EqualTo(has / 262_144 * 262_144), "and has what was read whole before");
    }

    [Test]
    public void SourceThatThrows_IsTheStreamsFaultAndCarriesWhatWasThrown()
    {
        var thrown = new UnauthorizedAccessException("no");
        var sending = Record(Sender.Send(new StrangeStream { Reading = (_, _) => throw thrown }, 10));
        UntilOver(sending);
        Assert.That(Fault(sending.Error), Is.EqualTo(TransitFault.Stream));
        Assert.That(sending.Error!.InnerException, Is.SameAs(thrown));
    }

    [Test]
    public void FailureOfOurOwnThatASourceThrows_PassesAsItIs()
    {
        var thrown = new TransferException(TransferFault.SourceChanged, "it grew");
        var sending = Record(Sender.Send(new StrangeStream { Reading = (_, _) => throw thrown }, 10));
        UntilOver(sending);
        Assert.That(sending.Error, Is.SameAs(thrown));
    }

    [Test]
    public void TargetThatThrows_IsTheStreamsFaultAndStopsTheOtherSide()
    {
        var thrown = new IOException("disk full");
        var calls = 0;
        var target = new StrangeStream { Writing = (_, _) => ++calls < 3 ? default : throw thrown };
        var receiving = Record(Receiver.Receive(target, 1L << 40));
        var sending = Record(Sender.Send(new StrangeStream { Reading = (buffer, _) => new(buffer.Length) }, 1L << 40));
        UntilOver(sending, receiving);
        Assert.That(Fault(receiving.Error), Is.EqualTo(TransitFault.Stream));
        Assert.That(receiving.Error!.InnerException, Is.SameAs(thrown));
        Assert.That(Fault(sending.Error), Is.EqualTo(TransitFault.Lost));
        Assert.That(receiving.Values[^1].Bytes, Is.GreaterThan(0));
    }

    [Test]
    public void SourceThatComesInPieces_IsSentAsItComes()
    {
        var content = Content(5_000);
        var pieces = new Queue<byte[]>(content.Chunk(1_000));
        TaskCompletionSource? more = null;
        var source = new StrangeStream
        {
            Reading = async (buffer, _) =>
            {
                more = new(Mode == PumpMode.Stages ? TaskCreationOptions.RunContinuationsAsynchronously : TaskCreationOptions.None);
                await more.Task.ConfigureAwait(false);
                var piece = pieces.Dequeue();
                piece.CopyTo(buffer);
                return piece.Length;
            },
        };
        var target = new MemoryStream();
        var receiving = Record(Receiver.Receive(target, content.Length));
        Record(Sender.Send(source, content.Length));
        for (var i = 1; i <= 5; i++)
        {
            Until(() => more is not null);
            Interlocked.Exchange(ref more, null)!.SetResult();
            Until(() => target.Length == i * 1_000, "nothing waits for a whole record");
        }

        UntilOver(receiving);
        Same(target.ToArray(), content);
    }

    [Test]
    public void StreamThatHangs_HoldsTheNewsBackForFiveSecondsOnly()
    {
        var hanging = new TaskCompletionSource<int>();
        var hasBegun = false;
        var sending = Record(Sender.Send(new StrangeStream { Reading = (_, _) => { hasBegun = true; return new(hanging.Task); } }, 10));
        Until(() => hasBegun);
        Sender.Dispose();
        var quiet = Record(Sender.Quiet());
        Advance(4.9);
        Assert.That(sending.IsOver, Is.False);
        Advance(0.2);
        Until(() => sending.IsOver);
        Assert.That(Fault(sending.Error), Is.EqualTo(TransitFault.Lost));
        Assert.That(quiet.IsOver, Is.False);
        hanging.SetResult(1);
        Until(() => quiet.IsCompleted);
    }

    [Test]
    public void StreamThatHeedsItsToken_IsLetGoWhenTheLinkEnds()
    {
        var sending = Record(Sender.Send(
            new StrangeStream
            {
                Reading = async (_, token) =>
                {
                    var never = new TaskCompletionSource<int>();
                    using var registration = token.Register(() => never.TrySetCanceled(token));
                    return await never.Task;
                },
            },
            10));
        Until(() => true);
        Sender.Dispose();
        UntilOver(sending);
        Assert.That(Fault(sending.Error), Is.EqualTo(TransitFault.Lost));
    }
}
