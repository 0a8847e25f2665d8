using System.Reactive.Concurrency;
using RxWormhole.Protocol;

namespace RxWormhole.Server;

/// <summary>One client's connection: checks its commands in order and has them carried out. Takes one frame at a time.</summary>
internal sealed class MailboxConnection : IDisposable
{
    private readonly MailboxHub hub;
    private readonly string? address;
    private readonly bool mayRepeat;
    private MessageAllowance allowance;
    private IDisposable? deadline;
    private ConnectionState state;
    private volatile bool isOver;
    private long receivingSince = long.MaxValue;

    internal MailboxConnection(MailboxHub hub, IMailboxSink sink, string? address, string? yourAddress, bool mayRepeat)
    {
        this.hub = hub;
        this.address = address;
        this.mayRepeat = mayRepeat;
        Sink = sink;
        var now = hub.Scheduler.Now;
        allowance = new MessageAllowance(hub.Options.Limits.MessagesPerSecond, hub.Options.Limits.MessageBurst, now);
        var welcome = hub.Greet(address, yourAddress, mayRepeat);
        state = new ConnectionState { Permission = welcome.Permission };
        hub.Open.Add(this);
        sink.Add(new ServerMessage.Welcome(welcome));
        // It came in while the others were told to go.
        if (hub.Door.IsClosed)
            sink.End(Ending.Restart);
        sink.Flush();
    }

    internal IMailboxSink Sink { get; }

    internal string? AppId => state.AppId;

    internal string Side => state.Side!;

    /// <summary>Ends the connection unless it binds in time.</summary>
    internal void Watch() => deadline = hub.Scheduler.Schedule(hub.Options.Limits.BindDeadline, () =>
    {
        if (state.AppId is not null)
            return;
        hub.Instruments.Rejected("bind deadline");
        Sink.End(Ending.NeverBound);
        Sink.Flush();
    });

    /// <summary>Takes a frame and answers it. The next may come when this is done.</summary>
    internal ValueTask ReceiveAsync(ReadOnlySpan<byte> frame)
    {
        if (isOver)
            return default;
        hub.Instruments.Received();
        if (!allowance.TryTake(hub.Scheduler.Now))
        {
            hub.Instruments.Rejected("message rate");
            End(Ending.TooManyMessages);
            return default;
        }

        var command = MessageCodec.ReadCommand(frame);
        if (mayRepeat)
            Recall(command);
        var step = state.On(command);
        state = step.Next;
        if (step.Operation is { } operation)
            return OperateAsync(command, step, operation);
        Reply(step);
        if (step.HangUp)
            End(Ending.NoPermission);
        else if (deadline is not null && state.AppId is not null)
            Interlocked.Exchange(ref deadline, null)?.Dispose();
        Sink.Flush();
        return default;
    }

    /// <summary>A message has begun to come in, or, with null, is in.</summary>
    internal void ReceivesSince(DateTimeOffset? now) => Volatile.Write(ref receivingSince, now?.UtcTicks ?? long.MaxValue);

    /// <summary>Ends the connection where the client takes too long to send a message, or to read one.</summary>
    internal void EndIfStuck(DateTimeOffset now)
    {
        if (now.UtcTicks - Volatile.Read(ref receivingSince) <= hub.Options.Limits.BindDeadline.Ticks && !Sink.IsStuck(now))
            return;
        hub.Instruments.Rejected("stuck");
        Sink.Abort();
    }

    /// <summary>Nothing may be under way any more.</summary>
    public void Dispose()
    {
        isOver = true;
        Interlocked.Exchange(ref deadline, null)?.Dispose();
        hub.Open.Remove(this);
        if (state.Subscription is { } mailbox)
            hub.Subscriptions.Remove(new MailboxAddress(state.AppId!, mailbox), this);
    }

    private ValueTask OperateAsync(Command command, ConnectionStep step, Operation operation)
    {
        if (operation is Operation.List && !hub.Options.AllowList)
        {
            Reply(step);
            Sink.Add(new ServerMessage.Nameplates([]));
            Sink.Flush();
            return default;
        }

        if (operation is Operation.Add add && hub.Full(address, MailboxOperations.Size(add, Side)) is { } full)
        {
            hub.Instruments.Rejected("total size");
            Reply(step);
            Sink.Add(new ServerMessage.Error(full, command.Original));
            Sink.Flush();
            return default;
        }

        var exchange = new MailboxExchange(this, command, step, operation, hub.Context(operation, Side, address, mayRepeat));
        hub.Submit(exchange);
        return exchange.FinishAsync();
    }

    /// <summary>Called by the store, one at a time, once what the operation did is durable.</summary>
    internal void Complete(MailboxExchange exchange)
    {
        var result = exchange.Result;
        if (hub.Instruments.MeasuresLatency)
            hub.Instruments.Took(hub.Scheduler.Now - exchange.Since);
        hub.Account(state.AppId!, address, result.Before, result.After);
        Reply(exchange.Step);
        var listened = state.Subscription;
        state = state.Completed(exchange.Operation, result.Refusal);
        if (result.Refusal is not null)
        {
            hub.Instruments.Refused(result.Refusal);
            Sink.Add(new ServerMessage.Error(result.Refusal, exchange.Command.Original));
            return;
        }

        if (result.Added is { } added)
        {
            exchange.Listeners = hub.Tell(new MailboxAddress(state.AppId!, state.Subscription!), added);
            hub.Instruments.Stored();
        }
        else if (result.Replay is { } replay)
        {
            foreach (var message in replay)
                Sink.Add(message);
            hub.Subscriptions.Add(new MailboxAddress(state.AppId!, state.Subscription!), this, hub.Scheduler.Now);
        }
        else
        {
            Sink.Add(result.Reply!);
        }

        if (exchange.Operation is Operation.Close close)
        {
            hub.Instruments.Closed(close.Mood);
            if (listened is not null)
                hub.Subscriptions.Remove(new MailboxAddress(state.AppId!, listened), this);
        }
    }

    /// <summary>Called where the store could not do what it had to: the client comes back and tries again.</summary>
    internal void Fail(Exception reason)
    {
        ServerLog.StoreFailed(hub.Logger, reason);
        hub.Instruments.Rejected("store");
        End(Ending.NotStored);
    }

    // What this request's welcome asks for comes too late for its own commands: they show what an earlier one asked for.
    private void Recall(Command command)
    {
        if (command.Message is ClientMessage.SubmitPermissions { Stamp: { } stamp } && state.Permission is { Hashcash: not null } permission &&
            hub.Recall(stamp, address) is { } request)
            state = state with { Permission = permission with { Hashcash = request } };
    }

    private void Reply(ConnectionStep step)
    {
        foreach (var reply in step.Replies)
            Sink.Add(reply);
    }

    private void End(Ending ending)
    {
        isOver = true;
        Sink.End(ending);
        Sink.Flush();
    }
}
