using System.Collections.Immutable;
using System.Text;
using RxWormhole.Protocol;

namespace RxWormhole.Contracts;

/// <summary>One end of a connection, and what came over it.</summary>
internal sealed class TransitEnd(ITransitConnection connection) : IDisposable
{
    private readonly MemoryStream content = new();
    private Task writing = Task.CompletedTask;

    internal string RemoteAddress => connection.RemoteAddress;

    /// <summary>Whether a read is under way, or was.</summary>
    internal bool IsReading { get; private set; }

    /// <summary>Whether there is no more to read.</summary>
    internal bool HasEnded { get; private set; }

    internal Exception? Failure { get; private set; }

    internal bool HasWritten => writing.IsCompleted;

    internal Exception? WriteFailure => writing.Exception?.InnerException;

    internal string Read => Encoding.UTF8.GetString(Content);

    internal byte[] Content
    {
        get
        {
            lock (content)
                return content.ToArray();
        }
    }

    internal long Length
    {
        get
        {
            lock (content)
                return content.Length;
        }
    }

    /// <summary>Begins to read, and does so to the end.</summary>
    internal void ReadAll() => _ = ReadAsync();

    /// <summary>Writes behind what is still being written.</summary>
    internal void Write(ReadOnlySpan<byte> bytes) => writing = WriteAsync(writing, bytes.ToArray());

    public void Dispose() => connection.Dispose();

    private async Task ReadAsync()
    {
        var buffer = new byte[70_000];
        IsReading = true;
        try
        {
            int count;
            while ((count = await connection.ReadAsync(buffer).ConfigureAwait(false)) > 0)
            {
                lock (content)
                    content.Write(buffer, 0, count);
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Failure = exception;
        }

        HasEnded = true;
    }

    private async Task WriteAsync(Task earlier, byte[] bytes)
    {
        await earlier.ConfigureAwait(false);
        await connection.WriteAsync(bytes).ConfigureAwait(false);
    }
}

/// <summary>A connection that is being made.</summary>
internal sealed class Dialling : IDisposable
{
    private readonly IDisposable subscription;

    internal Dialling(IObservable<ITransitConnection> dial, bool readAtOnce = true) => subscription = dial.Subscribe(
        connection =>
        {
            End = new TransitEnd(connection);
            if (readAtOnce)
                End.ReadAll();
        },
        error =>
        {
            Failure = error;
            HasEnded = true;
        },
        () => HasEnded = true);

    internal TransitEnd? End { get; private set; }

    internal Exception? Failure { get; private set; }

    internal bool HasEnded { get; private set; }

    internal void Unsubscribe() => subscription.Dispose();

    public void Dispose()
    {
        subscription.Dispose();
        End?.Dispose();
    }
}

/// <summary>A listener, and who came.</summary>
internal sealed class Listening : IDisposable
{
    private readonly List<TransitEnd> accepted = [];
    private readonly bool readAtOnce;
    private readonly IDisposable subscription;
    private TransitListener? listener;
    private IDisposable? taking;

    internal Listening(ITransitConnector connector, TransitPorts ports, bool readAtOnce)
    {
        this.readAtOnce = readAtOnce;
        subscription = connector.Listen(ports).Subscribe(value => listener = value, error => Failure = error);
    }

    internal Exception? Failure { get; private set; }

    internal bool IsOpen => listener is not null;

    internal ImmutableArray<DirectHint> Hints => listener!.Hints;

    internal int Port => Hints[0].Port;

    internal IReadOnlyList<TransitEnd> Accepted
    {
        get
        {
            lock (accepted)
                return [.. accepted];
        }
    }

    internal void Take() => taking = listener!.Connections.Subscribe(connection =>
    {
        var end = new TransitEnd(connection);
        if (readAtOnce)
            end.ReadAll();
        lock (accepted)
            accepted.Add(end);
    });

    public void Dispose()
    {
        taking?.Dispose();
        subscription.Dispose();
    }
}
