using System.Collections.Immutable;
using System.Reactive.Concurrency;
using Microsoft.Extensions.Logging;
using RxWormhole.Protocol;

namespace RxWormhole.Server;

/// <summary>A mailbox server without sockets: takes connections and their frames, runs the rules in its store, and tells the listeners.</summary>
internal sealed class MailboxHub
{
    private readonly Fill entropy;
    private readonly WelcomeInfo welcome;
    private readonly PostStamps stamps;
    private long unsent;

    internal MailboxHub(
        MailboxServerOptions options, IMailboxStore store, IScheduler scheduler, ServerInstruments instruments, ILogger logger, Fill entropy)
    {
        Options = options;
        Store = store;
        Scheduler = scheduler;
        Instruments = instruments;
        Logger = logger;
        this.entropy = entropy;
        instruments.Observe(this);
        stamps = new PostStamps(Random(PostStamps.SecretLength));
        Ledger = new AddressLedger(options.Limits);
        Door = new Door("server", Ledger, options.Limits.Connections, options.Limits.RequestsPerMinute, () => instruments.Rejected("connections"));
        welcome = new WelcomeInfo { Motd = options.Motd, Error = options.Error, CurrentCliVersion = options.CurrentCliVersion }.Declare(options.KeepPolicy);
    }

    internal delegate void Fill(Span<byte> bytes);

    internal MailboxServerOptions Options { get; }

    internal IMailboxStore Store { get; }

    internal IScheduler Scheduler { get; }

    internal ServerInstruments Instruments { get; }

    internal ILogger Logger { get; }

    internal AddressLedger Ledger { get; }

    internal Subscriptions Subscriptions { get; } = new();

    internal OpenConnections Open { get; } = new();

    internal Door Door { get; }

    internal int Connections => Door.Connections;

    internal long Unsent => Volatile.Read(ref unsent);

    /// <summary>A connection that <see cref="Door"/> let in has ended.</summary>
    internal void Leave(string? address)
    {
        Door.Leave(address);
        Instruments.Disconnected();
    }

    /// <summary>Counts what waits to be sent.</summary>
    /// <returns>Whether there is room for it.</returns>
    internal bool TryQueue(long size) => Interlocked.Add(ref unsent, size) <= Options.Limits.TotalSize;

    internal void Sent(long size) => Interlocked.Add(ref unsent, -size);

    /// <summary>What a connection is told first. Each WebSocket gets a stamp's resource of its own, so that no stamp can be used twice and its date does not matter.</summary>
    internal WelcomeInfo Greet(string? address, string? yourAddress, bool mayRepeat)
    {
        if (Options.HashcashBits == 0 && yourAddress is null)
            return welcome;
        var permission = Options.HashcashBits == 0
            ? null
            : new PermissionRequired
            {
                Hashcash = mayRepeat
                    ? stamps.Ask(Bits(), address, Scheduler.Now)
                    : new HashcashRequest(Bits(), $"rxwormhole-{Convert.ToHexStringLower(Random(8))}"),
            };
        return WelcomeText.Personal(welcome, permission, yourAddress);
    }

    /// <summary>What a stamp was asked for in the answer to an earlier request; null where it was not, or too long ago.</summary>
    internal HashcashRequest? Recall(string stamp, string? address) => stamps.Find(stamp, address, Scheduler.Now);

    internal OperationContext Context(Operation operation, string side, string? address, bool mayRepeat)
    {
        Span<byte> random = stackalloc byte[16];
        entropy(random);
        return new OperationContext(side, Scheduler.Now, Options.KeepPolicy, MailboxId.From(random[..8]), BitConverter.ToUInt64(random[8..]))
        {
            Quota = Options.Limits.Quota,
            Refusal = Ledger.Refusal(address, withNameplate: operation is Operation.Claim or Operation.Allocate),
            MayRepeat = mayRepeat,
        };
    }

    /// <summary>Why no message of that size is taken, or null where it is.</summary>
    internal string? Full(string? address, int size) =>
        Store.Size + size > Options.Limits.TotalSize ? "this server is full; try again later"
        : Ledger.Size(address) + size > Options.Limits.SizePerAddress ? "there is too much in mailboxes from your address; close some, or try again later"
        : null;

    /// <summary>Has work done by the store. One that throws has failed to do it.</summary>
    internal void Submit(MailboxWork work)
    {
        try
        {
            Store.Submit(work);
        }
#pragma warning disable CA1031 // A store may be anybody's; a fault of it ends one connection and nothing else.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            work.Failed(exception);
        }
    }

    /// <summary>Puts a message into the queues of all listeners. Called by the store, one at a time.</summary>
    /// <returns>Whose queues have to be flushed.</returns>
    internal ImmutableArray<MailboxConnection> Tell(MailboxAddress mailbox, ServerMessage message)
    {
        var listeners = Subscriptions.Of(mailbox);
        foreach (var listener in listeners)
            listener.Sink.Add(message);
        return listeners;
    }

    /// <summary>Takes note of what an operation made and deleted.</summary>
    internal void Account(string appId, string? address, Meeting before, Meeting after)
    {
        if (before.Mailbox is null && after.Mailbox is { } made)
        {
            Ledger.MailboxMade(new MailboxAddress(appId, made.Id), address);
            Instruments.MailboxMade();
        }
        else if (before.Mailbox is { } gone && after.Mailbox is null)
        {
            Ledger.MailboxGone(new MailboxAddress(appId, gone.Id), gone.Size);
        }
        else if (before.Mailbox is { } known && after.Mailbox is { } grown && known.Size != grown.Size)
        {
            Ledger.MailboxGrew(new MailboxAddress(appId, grown.Id), grown.Size - known.Size);
        }

        if (before.Nameplate is null && after.Nameplate is { } claimed)
            Ledger.NameplateMade(new MailboxAddress(appId, claimed.Name), address);
        else if (before.Nameplate is { } released && after.Nameplate is null)
            Ledger.NameplateGone(new MailboxAddress(appId, released.Name));
    }

    private int Bits()
    {
        var load = Math.Min(1.0, (double)Connections / Options.Limits.Connections);
        return Options.HashcashBits + (int)((Options.HashcashBitsAtFullLoad - Options.HashcashBits) * load);
    }

    private byte[] Random(int length)
    {
        var bytes = new byte[length];
        entropy(bytes);
        return bytes;
    }
}
