using System.Diagnostics.Contracts;
using System.IO.Pipelines;
using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Security.Cryptography;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>An encrypted connection to the other side for bulk data, direct or through a relay. Data flows both ways at once; either way, one thing after the other.</summary>
/// <remarks>
/// <para>Everything begins when first subscribed to and runs once. What is asked for in one direction while something else runs there waits for its turn, in the order of subscription.</para>
/// <para>The first failure ends the link, and everything after it fails with the same <see cref="TransitException"/>: nobody can tell where a record that was sent by half would go on.
/// The wormhole itself goes on. The protocol knows no end of a link: it ends where either side disposes of it.</para>
/// </remarks>
public sealed class TransitLink : IDisposable
{
    private readonly LinkCore core;
    private readonly TransitEnvironment env;

    /// <summary>Takes over a connection on which both sides have shown that they have the key.</summary>
    /// <param name="connection">The connection, which is the link's from now on.</param>
    /// <param name="route">How the two sides are connected.</param>
    /// <param name="leftover">What was read behind the handshake; copied.</param>
    /// <param name="keys">The keys, of which copies are taken; they stay the caller's.</param>
    /// <param name="role">Our role.</param>
    /// <param name="env">The session.</param>
    internal TransitLink(
        ITransitConnection connection, TransitRoute route, ReadOnlyMemory<byte> leftover, TransitKeys keys, TransitRole role, TransitEnvironment env)
    {
        Route = route;
        this.env = env;
        RecordSealer? sealer = null;
        try
        {
            sealer = new RecordSealer(keys.RecordKey(role));
            var opener = new RecordOpener(keys.RecordKey(role == TransitRole.Sender ? TransitRole.Receiver : TransitRole.Sender), env.Options.RecordBytes);
            core = new LinkCore(
                connection, new RecordInput(connection, opener, leftover.Span), new RecordOutput(connection, sealer), env.Options.Connector.Pumping, env.Options.Silence, env.Clock);
        }
        catch
        {
            sealer?.Dispose();
            throw;
        }
    }

    /// <summary>How the two sides are connected.</summary>
    public TransitRoute Route { get; }

    /// <summary>Sends bytes of a stream, in records; the application on the other side knows how many there are.</summary>
    /// <param name="source">Read from where it stands; it stays the caller's, who closes it once this has ended.</param>
    /// <param name="length">How many bytes; 0 is allowed.</param>
    /// <remarks>
    /// Begins when first subscribed to and runs once; whoever subscribes later gets the latest value. Cancelled, and the link ended with it, when the last subscriber leaves.
    /// value: how far it is, at most ten times a second, and the last value always: its stage is <see cref="TransferStage.Done"/>. An observer that is slow gets the latest only.
    /// completion: the bytes were handed to the connection; whether they arrived, only the other side can tell.
    /// error: <see cref="TransitException"/>; a <see cref="WormholeException"/> that the stream throws, as it is.
    /// </remarks>
    [Pure]
    public IObservable<TransferProgress> Send(Stream source, long length)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (!source.CanRead)
            throw new ArgumentException("The stream cannot be read.", nameof(source));
        return Given(Send(source, new TransferSpan(0, length), null));
    }

    /// <summary>Receives bytes into a stream, however they were cut into records.</summary>
    /// <param name="target">Written to from where it stands; it stays the caller's, who closes it once this has ended.</param>
    /// <param name="length">How many bytes; 0 is allowed. What comes behind them is left to whatever receives next.</param>
    /// <remarks>
    /// Begins when first subscribed to and runs once; whoever subscribes later gets the latest value. Cancelled, and the link ended with it, when the last subscriber leaves.
    /// value: how far it is, at most ten times a second, and the last value always: its stage is <see cref="TransferStage.Done"/>. An observer that is slow gets the latest only.
    /// completion: all bytes were written. error: <see cref="TransitException"/>; a <see cref="WormholeException"/> that the stream throws, as it is.
    /// </remarks>
    [Pure]
    public IObservable<TransferProgress> Receive(Stream target, long length)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (!target.CanWrite)
            throw new ArgumentException("The stream cannot be written to.", nameof(target));
        return Given(Receive(target, new TransferSpan(0, length), null));
    }

    /// <summary>Sends one record: the other side gets it as one.</summary>
    /// <param name="record">The bytes, none allowed; not to be changed before this has ended. At most <see cref="TransitOptions.RecordBytes"/>.</param>
    /// <remarks>value: one, when the record was handed to the connection. completion: along with it. error: <see cref="TransitException"/>. Leaving does not stop it.</remarks>
    /// <exception cref="ArgumentException">The record is longer than allowed.</exception>
    [Pure]
    public IObservable<Unit> SendRecord(ReadOnlyMemory<byte> record)
    {
        if (record.Length > env.Options.RecordBytes)
            throw new ArgumentException($"A record may hold {env.Options.RecordBytes} bytes (TransitOptions.RecordBytes).", nameof(record));
        return SendOwnRecord(record).Deliver(env.Edge, env.Owner);
    }

    /// <summary>Receives one record, as long as that may take.</summary>
    /// <remarks>
    /// value: the record. completion: along with it. error: <see cref="TransitException"/>.
    /// Who leaves before it came leaves it to whatever receives next, so <c>ReceiveRecord().Timeout(…)</c> loses nothing.
    /// </remarks>
    [Pure]
    public IObservable<ReadOnlyMemory<byte>> ReceiveRecord() =>
        new RecordVerb(core, env.Owner, item => env.Edge.Scheduler.Schedule(item), item => env.Edge.Hand(item), limit: null);

    /// <summary>Makes a stream of bytes of the link, both ways. The bounds between records are lost.</summary>
    /// <remarks>
    /// The pipe takes its turn in either direction at once, and keeps it. Its input ends where the other side closed between two records; flushing its output lasts until the
    /// connection has taken everything. The protocol knows no half-closing: a side that is done says so in the application's own words, and disposes of the link.
    /// </remarks>
    public IDuplexPipe OpenPipe() => new OwnedPipe(new TransitPipe(core), env.Owner);

    /// <summary>Ends the link; what was handed to the connection is still sent if that takes no waiting. What waits fails with a <see cref="TransitException"/>.</summary>
    public void Dispose() => core.End(TransitFault.Lost, "The link was disposed of here.");

    /// <summary>Sends for the session's own code: not delivered at the edge; the last value's stage is <see cref="TransferStage.Finishing"/>.</summary>
    /// <param name="source">Where from.</param>
    /// <param name="span">What moves, and of what.</param>
    /// <param name="hash">Fed with what moves, or null.</param>
    internal IObservable<TransferProgress> Send(Stream source, TransferSpan span, IncrementalHash? hash) => Bulk(
        core.Out,
        () => core.Output.Moved,
        span,
        meter => core.Mode.RunAsync(
            span.Length is { } length
                ? new SendStages(source, length, hash, core.Output, meter, core.Ended)
                : new OpenEndedSendStages(source, hash, core.Output, meter, core.Clock, core.Ended),
            core.Output.Buffers(core.Mode),
            exception => core.End(exception)));

    /// <summary>Receives for the session's own code: not delivered at the edge; the last value's stage is <see cref="TransferStage.Finishing"/>.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="span">What moves, and of what.</param>
    /// <param name="hash">Fed with what moves, or null.</param>
    internal IObservable<TransferProgress> Receive(Stream target, TransferSpan span, IncrementalHash? hash) => Bulk(
        core.In,
        () => core.Input.Moved,
        span,
        meter =>
        {
            var stages = new ReceiveStages(target, span.Length ?? 0, hash, core.Input, meter, core.Ended);
            return ReceiveAsync(span.Length is null ? new OpenEndedReceiveStages(stages, core.Input) : stages);
        });

    /// <summary>Sends a record for the session's own code: not delivered at the edge.</summary>
    internal IObservable<Unit> SendOwnRecord(ReadOnlyMemory<byte> record) => OneShotOperator.OneShot(
        () => core.Send(record), core.Failed<Unit>(), static _ => { });

    /// <summary>Receives a record for the session's own code: not delivered at the edge.</summary>
    /// <param name="within">How long nothing may move before it fails; null for <see cref="TransitOptions.Silence"/>.</param>
    internal IObservable<ReadOnlyMemory<byte>> ReceiveOwnRecord(TimeSpan? within = null) =>
        new RecordVerb(core, owner: null, static item => item(), static item => item(), within ?? core.Silence);

    /// <summary>Whether more has come than anybody has asked for.</summary>
    internal bool HasMore => core.Input.IsInRecord;

    /// <summary>Says when no stream, no hash and no buffer is touched any more by anything that began before.</summary>
    /// <remarks>value: one, at once where nothing runs. completion: along with it. error: none. Whoever cancelled waits for it before closing the stream.</remarks>
    internal IObservable<Unit> Quiet() => Observable.Defer(core.Quiet);

    private async ValueTask ReceiveAsync(IPumpStages stages)
    {
        await core.Mode.RunAsync(stages, core.Input.Buffers(core.Mode), exception => core.End(exception)).ConfigureAwait(false);
        core.Input.Settle();
    }

    private IObservable<TransferProgress> Bulk(Lane lane, Func<long> touched, TransferSpan span, Func<ProgressMeter, ValueTask> work) => core
        .Run(lane, touched, span, Route, work)
        .WhileWatched(() => core.Failure ?? new TransitException(TransitFault.Lost, "The transfer was cancelled before it had begun."));

    private IObservable<TransferProgress> Given(IObservable<TransferProgress> progress) => progress
        .Select(each => each.Stage == TransferStage.Finishing ? each with { Stage = TransferStage.Done } : each)
        .DeliverLatest(env.Edge, env.Owner);
}
