using System.Collections.Concurrent;

namespace RxWormhole.Server;

/// <summary>How much of this server each address uses. Kept in memory: after a restart it begins anew, and what is older counts for nobody.</summary>
internal sealed class AddressLedger(MailboxLimits limits)
{
    private readonly ConcurrentDictionary<string, Account> accounts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<MailboxAddress, string> mailboxes = new();
    private readonly ConcurrentDictionary<MailboxAddress, string> nameplates = new();

    /// <summary>How many addresses there are accounts for.</summary>
    internal int Count => accounts.Count;

    internal bool TryConnect(string? address) =>
        address is null || Change(address, account => account with { Connections = account.Connections + 1 }).Connections <= limits.ConnectionsPerAddress
        || !Disconnect(address);

    /// <returns>True.</returns>
    internal bool Disconnect(string? address)
    {
        if (address is not null)
            Change(address, account => account with { Connections = account.Connections - 1 });
        return true;
    }

    /// <summary>Why the address may bring no mailbox into being, or null where it may.</summary>
    /// <param name="address">The address, or null for one that is exempt.</param>
    /// <param name="withNameplate">Whether a nameplate would come with it.</param>
    internal string? Refusal(string? address, bool withNameplate)
    {
        if (address is null || !accounts.TryGetValue(address, out var account))
            return null;
        if (account.Mailboxes >= limits.MailboxesPerAddress)
            return "there are too many mailboxes from your address; close some, or try again later";
        return withNameplate && account.Nameplates >= limits.NameplatesPerAddress
            ? "there are too many nameplates from your address; release some, or try again later"
            : null;
    }

    internal void MailboxMade(MailboxAddress mailbox, string? address) =>
        Made(mailboxes, mailbox, address, account => account with { Mailboxes = account.Mailboxes + 1 });

    internal void MailboxGone(MailboxAddress mailbox, long size) =>
        Gone(mailboxes, mailbox, account => account with { Mailboxes = account.Mailboxes - 1, Size = account.Size - size });

    /// <summary>Counts what comes into a mailbox for whoever made it.</summary>
    internal void MailboxGrew(MailboxAddress mailbox, long size)
    {
        if (!mailboxes.IsEmpty && mailboxes.TryGetValue(mailbox, out var address))
            Change(address, account => account with { Size = account.Size + size });
    }

    /// <summary>How many characters the mailboxes hold that the address made.</summary>
    internal long Size(string? address) => address is not null && accounts.TryGetValue(address, out var account) ? account.Size : 0;

    internal void NameplateMade(MailboxAddress nameplate, string? address) =>
        Made(nameplates, nameplate, address, account => account with { Nameplates = account.Nameplates + 1 });

    internal void NameplateGone(MailboxAddress nameplate) => Gone(nameplates, nameplate, account => account with { Nameplates = account.Nameplates - 1 });

    private void Made(ConcurrentDictionary<MailboxAddress, string> owners, MailboxAddress what, string? address, Func<Account, Account> count)
    {
        if (address is not null && owners.TryAdd(what, address))
            Change(address, count);
    }

    private void Gone(ConcurrentDictionary<MailboxAddress, string> owners, MailboxAddress what, Func<Account, Account> count)
    {
        if (!owners.IsEmpty && owners.TryRemove(what, out var address))
            Change(address, count);
    }

    private Account Change(string address, Func<Account, Account> change)
    {
        var account = accounts.AddOrUpdate(address, _ => change(default), (_, known) => change(known));
        // One that is used no more goes, unless it was changed meanwhile.
        if (account == default)
            accounts.TryRemove(KeyValuePair.Create(address, account));
        return account;
    }

    private readonly record struct Account(int Connections, int Mailboxes, int Nameplates, long Size);
}
