using RxWormhole.Protocol;

namespace RxWormhole.Server;

/// <summary>Something to do in a transaction of a store.</summary>
public abstract class MailboxWork
{
    /// <summary>Names the application the work is about.</summary>
    /// <param name="appId">The application id.</param>
    protected MailboxWork(string appId) => AppId = appId;

    /// <summary>The application id.</summary>
    public string AppId { get; }

    /// <summary>Does it. Changes nothing but the store and may be run again where the transaction could not be completed.</summary>
    /// <param name="store">The application's nameplates and mailboxes.</param>
    public abstract void Run(IMailboxTransaction store);

    /// <summary>Called once what was done is durable: in the order of the transactions, one at a time. Must return soon, and not throw.</summary>
    public abstract void Committed();

    /// <summary>Called instead if it could not be done.</summary>
    /// <param name="reason">Why.</param>
    public abstract void Failed(Exception reason);
}
