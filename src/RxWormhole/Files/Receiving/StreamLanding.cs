using System.Security.Cryptography;

namespace RxWormhole;

/// <summary>A file that goes into a stream of the application's, as it comes: there is nothing to give up, and nothing to go on with.</summary>
internal sealed class StreamLanding : Landing
{
    private readonly Stream stream;

    private StreamLanding(Stream stream, LandingOffer offer, ReceiveOptions options)
        : base("")
    {
        this.stream = stream;
        Target = new StreamSink(stream, offer.Length, options.MaxBytes);
    }

    internal override Stream Target { get; }

    /// <summary>Decides whether an offer is taken.</summary>
    /// <exception cref="TransferException">It has more bytes than are taken.</exception>
    internal static StreamLanding Into(Stream stream, LandingOffer offer, ReceiveOptions options)
    {
        LandingChoice.CheckBounds(offer, options);
        return new StreamLanding(stream, offer, options);
    }

    internal override ValueTask<long> FindAsync(IncrementalHash hash, CancellationToken cancelled) => new(0);

    internal override ValueTask RewindAsync() => ValueTask.CompletedTask;

    internal override async ValueTask<string?> CommitAsync(CancellationToken cancelled)
    {
        CheckComplete(Target);
        try
        {
            await stream.FlushAsync(cancelled).WaitAsync(cancelled).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not (WormholeException or OperationCanceledException))
        {
            throw CannotWrite(exception);
        }

        IsOver = true;
        return null;
    }

    private protected override void GiveUp(bool keepPart)
    {
    }

    // A stream of somebody else's may throw anything, and not return for a long time, whether it is asked to or not: a pipe that nobody reads.
    private sealed class StreamSink(Stream stream, long? length, long most) : LandingStream(length, most)
    {
        protected override async ValueTask WriteNextAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancelled)
        {
            try
            {
                var writing = stream.WriteAsync(bytes, cancelled);
                if (writing.IsCompleted)
                    await writing.ConfigureAwait(false);
                else
                    await writing.AsTask().WaitAsync(cancelled).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not WormholeException && !cancelled.IsCancellationRequested)
            {
                throw CannotWrite(exception);
            }
        }
    }
}
