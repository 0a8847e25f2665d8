using RxWormhole.Protocol;

namespace RxWormhole.Server.Tests;

/// <summary>A store that counts how many mailboxes each transaction deletes, and can be broken.</summary>
internal sealed class WatchedStore(IMailboxStore inner) : IMailboxStore
{
    /// <summary>How many mailboxes went, in each of the transactions that deleted any.</summary>
    internal List<int> Deleted { get; } = [];

    /// <summary>Whether everything it is asked for fails, as on a disk that is full.</summary>
    internal bool IsBroken { get; set; }

    public long Size => inner.Size;

    public long Count => inner.Count;

    public void Submit(MailboxWork work)
    {
        Check();
        inner.Submit(new Watched(this, work));
    }

    public IReadOnlyList<MailboxAddress> FindExpired(DateTimeOffset now, int limit)
    {
        Check();
        return inner.FindExpired(now, limit);
    }

    public void Beat(DateTimeOffset now)
    {
        Check();
        inner.Beat(now);
    }

    public void Dispose() => inner.Dispose();

    private void Check()
    {
        if (IsBroken)
            throw new InvalidOperationException("this store is broken");
    }

    private sealed class Watched(WatchedStore owner, MailboxWork work) : MailboxWork(work.AppId)
    {
        public override void Run(IMailboxTransaction store)
        {
            var counting = new Counting(store);
            work.Run(counting);
            if (counting.Deleted > 0)
                owner.Deleted.Add(counting.Deleted);
        }

        public override void Committed() => work.Committed();

        public override void Failed(Exception reason) => work.Failed(reason);
    }

    private sealed class Counting(IMailboxTransaction inner) : IMailboxTransaction
    {
        internal int Deleted { get; private set; }

        public IReadOnlyCollection<string> Nameplates => inner.Nameplates;

        public Nameplate? FindNameplate(string name) => inner.FindNameplate(name);

        public int CountNameplates(int digits) => inner.CountNameplates(digits);

        public Nameplate? FindWaiting(string side) => inner.FindWaiting(side);

        public Mailbox? FindMailbox(string id) => inner.FindMailbox(id);

        public void Save(Meeting before, Meeting after)
        {
            if (before.Mailbox is not null && after.Mailbox is null)
                Deleted++;
            inner.Save(before, after);
        }

        public IReadOnlyList<ServerMessage.Message> Read(string mailbox, int since = 0) => inner.Read(mailbox, since);

        public ServerMessage.Message? FindMessage(string mailbox, string side, string phase, string body) => inner.FindMessage(mailbox, side, phase, body);

        public void Append(string mailbox, ServerMessage.Message message) => inner.Append(mailbox, message);
    }
}
