using System.Collections.Immutable;
using RxWormhole.Protocol;

namespace RxWormhole.Server;

/// <summary>One operation of a connection on its way through the store.</summary>
internal sealed class MailboxExchange(
    MailboxConnection connection, Command command, ConnectionStep step, Operation operation, OperationContext context) : MailboxWork(connection.AppId!)
{
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Command Command => command;

    internal ConnectionStep Step => step;

    internal Operation Operation => operation;

    /// <summary>When it began.</summary>
    internal DateTimeOffset Since => context.Now;

    internal OperationResult Result { get; private set; }

    /// <summary>To whom a message was told.</summary>
    internal ImmutableArray<MailboxConnection> Listeners { get; set; } = [];

    public override void Run(IMailboxTransaction store) => Result = MailboxOperations.Run(store, operation, context);

    public override void Committed()
    {
        try
        {
            connection.Complete(this);
        }
#pragma warning disable CA1031 // A fault of ours ends this connection, and neither the store's thread nor the process.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            connection.Fail(exception);
        }
        finally
        {
            done.TrySetResult();
        }
    }

    public override void Failed(Exception reason)
    {
        connection.Fail(reason);
        done.TrySetResult();
    }

    /// <summary>Waits for the store, and has what it brought sent: not by the store's thread, which others wait for.</summary>
    internal ValueTask FinishAsync()
    {
        if (!done.Task.IsCompleted)
            return new ValueTask(WaitAsync());
        Flush();
        return default;
    }

    private async Task WaitAsync()
    {
        await done.Task.ConfigureAwait(false);
        Flush();
    }

    private void Flush()
    {
        connection.Sink.Flush();
        foreach (var listener in Listeners)
        {
            if (listener != connection)
                listener.Sink.Flush();
        }
    }
}
