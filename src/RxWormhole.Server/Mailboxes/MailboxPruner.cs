using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole.Server;

/// <summary>Now and then touches the mailboxes somebody listens to, and deletes those whose time is over: a few in a transaction, so that nobody waits for it.</summary>
internal sealed class MailboxPruner(MailboxHub hub) : IDisposable
{
    private const int AtOnce = 50;

    private readonly SingleAssignmentDisposable ticking = new();
    private readonly SerialDisposable next = new();
    private volatile bool isBusy;
    private volatile bool isOver;

    internal void Start()
    {
        hub.Store.Beat(hub.Scheduler.Now);
        ticking.Disposable = Observable.Interval(hub.Options.PruneEvery, hub.Scheduler).Subscribe(_ => Try(Tick));
    }

    public void Dispose()
    {
        isOver = true;
        ticking.Dispose();
        next.Dispose();
    }

    // On a scheduler of the thread pool nobody would catch what a store throws, and the process would end with it.
    private void Try(Action step)
    {
        try
        {
            step();
        }
#pragma warning disable CA1031 // A store may be anybody's, and its disk may be full; the next tick tries again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            isBusy = false;
            // One that is closed already because the host stops has not failed.
            if (!isOver)
                ServerLog.StoreFailed(hub.Logger, exception);
        }
    }

    private void Tick()
    {
        var now = hub.Scheduler.Now;
        hub.Store.Beat(now);
        if (isBusy)
            return;
        isBusy = true;
        // Thrice as often as needed: a touch may be late.
        Touch(new Queue<MailboxAddress>(hub.Subscriptions.TouchOlderThan(hub.Options.Keep / 3, now)));
    }

    private void Touch(Queue<MailboxAddress> left)
    {
        if (left.Count == 0)
            Delete();
        else
            Submit(TakeFrom(left), () => Touch(left));
    }

    private void Delete()
    {
        var expired = new Queue<MailboxAddress>(hub.Store.FindExpired(hub.Scheduler.Now, AtOnce));
        if (expired.Count == 0)
            isBusy = false;
        else
            Delete(expired);
    }

    private void Delete(Queue<MailboxAddress> left)
    {
        if (left.Count == 0)
            Delete();
        else
            Submit(TakeFrom(left), () => Delete(left));
    }

    private void Submit((string AppId, List<string> Mailboxes) batch, Action goOn) =>
        hub.Submit(new Pruning(hub, batch.AppId, batch.Mailboxes, succeeded =>
        {
            if (succeeded)
                next.Disposable = hub.Scheduler.Schedule(() => Try(goOn));
            else
                isBusy = false;
        }));

    // Neighbours of the same application.
    private static (string AppId, List<string> Mailboxes) TakeFrom(Queue<MailboxAddress> left)
    {
        var appId = left.Peek().AppId;
        var batch = new List<string>();
        while (batch.Count < AtOnce && left.TryPeek(out var next) && next.AppId == appId)
            batch.Add(left.Dequeue().Mailbox);
        return (appId, batch);
    }

    private sealed class Pruning(MailboxHub hub, string appId, List<string> mailboxes, Action<bool> done) : MailboxWork(appId)
    {
        private readonly List<Meeting> deleted = [];

        public override void Run(IMailboxTransaction store)
        {
            deleted.Clear();
            foreach (var id in mailboxes)
            {
                var isSubscribed = !hub.Subscriptions.Of(new MailboxAddress(AppId, id)).IsEmpty;
                if (MailboxOperations.Prune(store, id, isSubscribed, hub.Scheduler.Now) is { } gone)
                    deleted.Add(gone);
            }
        }

        public override void Committed()
        {
            foreach (var meeting in deleted)
                hub.Account(AppId, null, meeting, default);
            if (deleted.Count > 0)
            {
                hub.Instruments.Pruned(deleted.Count);
                ServerLog.Pruned(hub.Logger, deleted.Count);
            }

            done(true);
        }

        public override void Failed(Exception reason)
        {
            ServerLog.StoreFailed(hub.Logger, reason);
            done(false);
        }
    }
}
