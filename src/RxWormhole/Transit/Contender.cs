using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>One connection in the race, until it wins or is given up.</summary>
internal sealed class Contender(ITransitConnection connection, TransitRoute route, TransitHandshake handshake) : IDisposable
{
    // Longer than a whole handshake; what comes behind it in the same read goes on to whoever reads the records.
    private const int BufferLength = 1024;

    private readonly Lock gate = new();
    private readonly byte[] buffer = new byte[BufferLength];
    private bool hasBegun;
    private bool isOver;

    internal ITransitConnection Connection => connection;

    internal TransitRoute Route => route;

    internal ReadOnlyMemory<byte> LeftOver => handshake.LeftOver;

    /// <summary>Asks the relay, and waits until the other side is there as well.</summary>
    internal ValueTask<Contender> MeetAsync() => ReadWhileAsync(() => handshake.IsAtRelay);

    /// <summary>Does the handshake, to the point where a sender has to decide, or a receiver may use the connection.</summary>
    internal ValueTask<Contender> ShakeAsync() => ReadWhileAsync(() => handshake.State == TransitHandshakeState.Waiting);

    /// <summary>A sender chooses this connection.</summary>
    internal async ValueTask<Contender> ChooseAsync()
    {
        await connection.WriteAsync(Locked(handshake.Choose)).ConfigureAwait(false);
        return this;
    }

    /// <summary>Takes the connection out of the race: from here on it is the caller's. False where it was given up before.</summary>
    internal bool TryWin()
    {
        lock (gate)
        {
            var isWon = !isOver;
            isOver = true;
            return isWon;
        }
    }

    /// <summary>Gives the connection up, unless it has won. An end that waits for a decision is told.</summary>
    public void Dispose()
    {
        ReadOnlyMemory<byte> nevermind = default;
        lock (gate)
        {
            if (isOver)
                return;
            isOver = true;
            if (handshake.State == TransitHandshakeState.Undecided)
                nevermind = handshake.Refuse();
        }

        if (!nevermind.IsEmpty)
            _ = TellAsync(nevermind);
        connection.Dispose();
    }

    private async ValueTask<Contender> ReadWhileAsync(Func<bool> isShort)
    {
        if (!hasBegun)
        {
            hasBegun = true;
            await connection.WriteAsync(Locked(handshake.Begin)).ConfigureAwait(false);
        }

        while (Locked(isShort))
        {
            var count = await connection.ReadAsync(buffer).ConfigureAwait(false);
            var answer = Locked(() =>
            {
                if (count > 0)
                    return handshake.Receive(buffer.AsSpan(0, count));
                handshake.Close();
                return default;
            });
            if (!answer.IsEmpty)
                await connection.WriteAsync(answer).ConfigureAwait(false);
        }

        return handshake.Failure is { } reason ? throw new IOException(reason) : this;
    }

    // The connection is closed right behind: what takes waiting is lost, and need not arrive.
    private async Task TellAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await connection.WriteAsync(bytes).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
        }
    }

    private T Locked<T>(Func<T> step)
    {
        lock (gate)
            return isOver ? throw new IOException("the connection was given up") : step();
    }
}
