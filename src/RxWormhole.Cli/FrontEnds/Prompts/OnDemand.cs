using System.Threading.Channels;

namespace RxWormhole.Cli;

/// <summary>Reads on a thread of its own what can only be waited for, and no more than is asked for.</summary>
/// <remarks>
/// A read that nobody waits for any more goes on, because it cannot be ended; what it brings is for whoever asks next. The thread does not keep the process alive.
/// </remarks>
internal sealed class OnDemand<T>(Func<T> read)
{
    private readonly Lock gate = new();
    private readonly SemaphoreSlim wanted = new(0);
    private readonly Channel<(T? Value, Exception? Error)> answers = Channel.CreateUnbounded<(T?, Exception?)>();
    private bool hasBegun;
    private bool isReading;

    /// <summary>The next one.</summary>
    internal async Task<T> NextAsync(CancellationToken cancelled)
    {
        lock (gate)
        {
            if (!hasBegun)
                new Thread(Work) { IsBackground = true, Name = "input" }.Start();
            hasBegun = true;
            if (!isReading)
                wanted.Release();
            isReading = true;
        }

        var (value, error) = await answers.Reader.ReadAsync(cancelled).ConfigureAwait(false);
        lock (gate)
            isReading = false;
        return error is null ? value! : throw error;
    }

    private void Work()
    {
        while (true)
        {
            wanted.Wait();
            answers.Writer.TryWrite(Try());
        }
    }

    private (T? Value, Exception? Error) Try()
    {
        try
        {
            return (read(), null);
        }
#pragma warning disable CA1031 // Whoever waits for it hears of it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return (default, exception);
        }
    }
}
