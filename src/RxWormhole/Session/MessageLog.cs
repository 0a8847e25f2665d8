using System.Reactive.Subjects;

namespace RxWormhole;

/// <summary>The peer's messages and who gets them: all of them from the first for <c>Messages</c>, each once for <c>Receive</c>.</summary>
internal sealed class MessageLog
{
    private readonly Lock gate = new();
    private readonly ReplaySubject<WormholeMessage> all = new();
    private readonly LinkedList<WormholeMessage> untaken = new();
    private readonly LinkedList<ReceiveVerb> waiting = new();
    private readonly IDeliveryLog<WormholeMessage> delivered;
    private Exception? end;

    /// <summary>Makes an empty log.</summary>
    /// <param name="delivered">Follows what is handed over.</param>
    internal MessageLog(IDeliveryLog<WormholeMessage> delivered) => this.delivered = delivered;

    internal IObservable<WormholeMessage> All => all;

    internal IDeliveryLog<WormholeMessage> Delivered => delivered;

    internal void Add(WormholeMessage message)
    {
        lock (gate)
            untaken.AddLast(message);
        all.OnNext(message);
        Serve();
    }

    /// <summary>Ends the log. What arrived stays readable; who waits for more gets the error, or the completion.</summary>
    /// <param name="exception">What a <c>Receive</c> without a message fails with.</param>
    /// <param name="isFailure">Whether <c>Messages</c> fails with it too, or just completes.</param>
    internal void End(Exception exception, bool isFailure)
    {
        lock (gate)
            end ??= exception;
        if (isFailure)
            all.OnError(exception);
        else
            all.OnCompleted();
        Serve();
    }

    internal void Wait(ReceiveVerb verb)
    {
        lock (gate)
            waiting.AddLast(verb);
        Serve();
    }

    internal void Leave(ReceiveVerb verb)
    {
        lock (gate)
            waiting.Remove(verb);
    }

    /// <summary>Takes back a message that was laid before a verb whose last observer left meanwhile.</summary>
    internal void GiveBack(ReceiveVerb verb, WormholeMessage message)
    {
        lock (gate)
        {
            waiting.Remove(verb);
            var before = untaken.First;
            while (before is not null && before.Value.Index < message.Index)
                before = before.Next;
            if (before is null)
                untaken.AddLast(message);
            else
                untaken.AddBefore(before, message);
        }

        delivered.Dropped(message);
        Serve();
    }

    internal void Settle(WormholeMessage message, bool isTaken)
    {
        if (isTaken)
            delivered.Returned(message);
        else
            delivered.Dropped(message);
    }

    private void Serve()
    {
        while (true)
        {
            ReceiveVerb? verb;
            WormholeMessage? message;
            lock (gate)
            {
                verb = waiting.First?.Value;
                message = untaken.First?.Value;
                if (verb is null || (message is null && end is null))
                    return;
                waiting.RemoveFirst();
                if (message is not null)
                    untaken.RemoveFirst();
            }

            if (message is null)
            {
                verb.Fail(end!);
                continue;
            }

            delivered.Given(message);
            if (!verb.Offer(message))
                GiveBack(verb, message);
        }
    }
}
