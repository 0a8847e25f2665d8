using System.Reactive.Linq;

namespace RxWormhole.Tests.Transit;

/// <summary>A source of unknown length that lets one wait, in virtual time.</summary>
public sealed class OpenEndedTimeTests() : PumpFixture(PumpMode.Inline)
{
    [Test]
    public void SourceThatLetsOneWait_SendsWhatHasComeAndIsNoSilence()
    {
        var hour = TimeSpan.FromHours(1);
        var step = 0;
        var source = new StrangeStream
        {
            Reading = (buffer, _) => step++ switch
            {
                0 => new(Copy("first"u8, buffer)),
                1 => new(Later(hour, () => Copy("second"u8, buffer))),
                _ => new(0),
            },
        };
        var target = new MemoryStream();
        var receiving = Record(Receiver.Receive(target, TransferSpan.OpenEnded, null));
        var sending = Record(Sender.Send(source, TransferSpan.OpenEnded, null));
        Advance(1);
        Same(target.ToArray(), "first"u8);
        Advance(3590);
        Assert.That(receiving.IsOver || sending.IsOver, Is.False);
        Advance(20);
        UntilOver(receiving, sending);
        Assert.That(receiving.Error, Is.Null);
        Same(target.ToArray(), "firstsecond"u8);
        Assert.That(sending.Values[^1].Bytes, Is.EqualTo(11));
        Assert.That(Right.Written, Is.Zero);
        Sender.Dispose();
        Receiver.Dispose();
        Clock.Start();
        Assert.That(TimeSpan.FromTicks(Clock.Clock).TotalSeconds, Is.LessThan(3700), "a timer would have gone on for ever");
    }

    [Test]
    public void SenderWhoseSourceLetsItWait_NoticesThatTheConnectionIsGone()
    {
        var sending = Record(Sender.Send(new StrangeStream { Reading = (_, _) => new(new TaskCompletionSource<int>().Task) }, TransferSpan.OpenEnded, null));
        Advance(1);
        Right.Dispose();
        Advance(30);
        Assert.That(Fault(sending.Error), Is.EqualTo(TransitFault.Lost));
    }

    private Task<int> Later(TimeSpan time, Func<int> read)
    {
        var done = new TaskCompletionSource<int>();
        Observable.Timer(time, Clock).Subscribe(_ => done.SetResult(read()));
        return done.Task;
    }

    private static int Copy(ReadOnlySpan<byte> bytes, Memory<byte> buffer)
    {
        bytes.CopyTo(buffer.Span);
        return bytes.Length;
    }
}
