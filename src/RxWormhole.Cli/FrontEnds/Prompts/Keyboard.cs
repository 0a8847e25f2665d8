using System.Threading.Channels;

namespace RxWormhole.Cli;

/// <summary>Reads keys on a thread of its own, because they can only be waited for, and no more than are asked for.</summary>
/// <remarks>
/// A read that nobody waits for any more goes on, because it cannot be ended; what it brings is for whoever asks next. The thread does not keep the process alive.
/// Ctrl-C is no key: it ends the process, and what it set of the terminal is set back.
/// </remarks>
/// <param name="read">Reads a key.</param>
/// <param name="isTypedAhead">Whether more are there already.</param>
internal sealed class Keyboard(Func<ConsoleKeyInfo> read, Func<bool> isTypedAhead)
{
    private readonly Lock gate = new();
    private readonly SemaphoreSlim wanted = new(0);
    private readonly Channel<(ConsoleKeyInfo Key, Exception? Error)> keys = Channel.CreateUnbounded<(ConsoleKeyInfo, Exception?)>();
    private bool hasBegun;
    private bool isReading;

    /// <summary>Whether more keys are there already, as when something is pasted.</summary>
    internal bool IsTypedAhead => isTypedAhead();

    /// <summary>The next key.</summary>
    internal async Task<ConsoleKeyInfo> NextAsync(CancellationToken cancelled)
    {
        lock (gate)
        {
            if (!hasBegun)
                new Thread(Work) { IsBackground = true, Name = "keyboard" }.Start();
            hasBegun = true;
            if (!isReading)
                wanted.Release();
            isReading = true;
        }

        var (key, error) = await keys.Reader.ReadAsync(cancelled).ConfigureAwait(false);
        lock (gate)
            isReading = false;
        return error is null ? key : throw error;
    }

    private void Work()
    {
        while (true)
        {
            wanted.Wait();
            keys.Writer.TryWrite(Try());
        }
    }

    private (ConsoleKeyInfo Key, Exception? Error) Try()
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
