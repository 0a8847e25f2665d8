using System.IO.Pipelines;
using System.Reactive;
using System.Reactive.Linq;

namespace RxWormhole;

/// <summary>A stream of bytes over the records of a link.</summary>
internal sealed class TransitPipe : IDuplexPipe
{
    private readonly LinkCore core;
    private readonly Pipe incoming;
    private readonly Pipe outgoing;

    internal TransitPipe(LinkCore core)
    {
        this.core = core;
        var scheduler = core.Mode == PumpMode.Inline ? PipeScheduler.Inline : PipeScheduler.ThreadPool;
        incoming = new(new(readerScheduler: scheduler, writerScheduler: scheduler, useSynchronizationContext: false));
        // Flushing lasts until the connection has taken it all, so that whoever has flushed may dispose of the link.
        outgoing = new(new(
            readerScheduler: scheduler, writerScheduler: scheduler, pauseWriterThreshold: 1, resumeWriterThreshold: 1, useSynchronizationContext: false));
        Run(core.In, ReadAsync, incoming.Writer.Complete);
        Run(core.Out, WriteAsync, outgoing.Reader.Complete);
    }

    public PipeReader Input => incoming.Reader;

    public PipeWriter Output => outgoing.Writer;

    private void Run(Lane lane, Func<ValueTask<Unit>> work, Action<Exception?> complete) => core
        .InTurn(lane, static _ => { }, work)
        .TakeUntil(core.Failed<Unit>())
        .Subscribe(static _ => { }, complete, () => complete(null));

    private async ValueTask<Unit> ReadAsync()
    {
        FlushResult flushed;
        do
        {
            if (!await core.Input.WaitAsync().ConfigureAwait(false))
                break;
            var length = core.Input.NextBytes;
            core.Input.Take(incoming.Writer.GetSpan(length)[..length]);
            incoming.Writer.Advance(length);
            flushed = await incoming.Writer.FlushAsync(core.Ended).ConfigureAwait(false);
        }
        while (!flushed.IsCompleted);
        return Unit.Default;
    }

    private async ValueTask<Unit> WriteAsync()
    {
        while (true)
        {
            var read = await outgoing.Reader.ReadAsync(core.Ended).ConfigureAwait(false);
            var record = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, RecordOutput.RecordBytes));
            if (!record.IsEmpty)
                await core.Output.SendAsync(record).ConfigureAwait(false);
            else if (read.IsCompleted)
                return Unit.Default;
            outgoing.Reader.AdvanceTo(record.End);
        }
    }
}
