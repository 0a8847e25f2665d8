using RxWormhole.Protocol;

namespace RxWormhole.Server;

/// <summary>How much a mailbox server takes from its clients.</summary>
public sealed class MailboxLimits
{
    private const int Many = 1_000_000_000;

    /// <summary>The longest frame or HTTP request, in bytes. A longer one ends the connection with close code 1009, or is answered with status 413.</summary>
    /// <value>4 MiB unless told otherwise: a message of 1 MiB takes two in hex.</value>
    public int FrameBytes { get; set; } = 4 << 20;

    /// <summary>How many messages a mailbox takes. One more is answered with an <c>error</c>.</summary>
    /// <value>10,000 unless told otherwise.</value>
    public int MessagesPerMailbox { get; set; } = 10_000;

    /// <summary>How many characters the messages in a mailbox may have together: bodies, phases, sides and ids. One more is answered with an <c>error</c>.</summary>
    /// <value>32 Mi unless told otherwise.</value>
    public long SizePerMailbox { get; set; } = 32 << 20;

    /// <summary>How many characters the messages in all mailboxes may have together, and as many those that wait to be sent. Beyond, no message is taken.</summary>
    /// <value>256 Mi unless told otherwise. A character takes two bytes of memory.</value>
    public long TotalSize { get; set; } = 256 << 20;

    /// <summary>How many characters of messages may wait to be sent to one client. One that reads too slowly is ended with close code 1008.</summary>
    /// <value>64 Mi unless told otherwise; at least <see cref="SizePerMailbox"/>.</value>
    public long UnsentSize { get; set; } = 64 << 20;

    /// <summary>How many connections there may be. Another one is answered with status 503.</summary>
    /// <value>20,000 unless told otherwise.</value>
    public int Connections { get; set; } = 20_000;

    /// <summary>How many connections an address may have. Another one is answered with status 429.</summary>
    /// <value>200 unless told otherwise. An IPv6 network of 64 bits counts as one address.</value>
    public int ConnectionsPerAddress { get; set; } = 200;

    /// <summary>How many mailboxes may exist that an address brought into being. It may take part in others.</summary>
    /// <value>200 unless told otherwise.</value>
    public int MailboxesPerAddress { get; set; } = 200;

    /// <summary>How many characters the mailboxes may hold together that an address brought into being. One more is answered with an <c>error</c>.</summary>
    /// <value>64 Mi unless told otherwise; at least <see cref="SizePerMailbox"/>.</value>
    public long SizePerAddress { get; set; } = 64 << 20;

    /// <summary>How many nameplates may exist that an address brought into being. It may claim others.</summary>
    /// <value>100 unless told otherwise.</value>
    public int NameplatesPerAddress { get; set; } = 100;

    /// <summary>How many connections and HTTP requests an address may begin in a minute. One more is answered with status 429.</summary>
    /// <value>600 unless told otherwise.</value>
    public int RequestsPerMinute { get; set; } = 600;

    /// <summary>How many messages a connection may send in a second, in the long run. Beyond, it is ended with close code 1008.</summary>
    /// <value>100 unless told otherwise.</value>
    public int MessagesPerSecond { get; set; } = 100;

    /// <summary>How many messages it may send at once.</summary>
    /// <value>2,000 unless told otherwise.</value>
    public int MessageBurst { get; set; } = 2_000;

    /// <summary>How long a connection may take to <c>bind</c>. Beyond, it is ended with close code 1008.</summary>
    /// <value>1 minute unless told otherwise: a client may have to solve a hashcash first.</value>
    public TimeSpan BindDeadline { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether clients on this machine are exempt from what counts addresses.</summary>
    /// <value>True unless told otherwise.</value>
    public bool ExemptLoopback { get; set; } = true;

    internal MailboxQuota Quota => new(MessagesPerMailbox, SizePerMailbox);

    internal IEnumerable<string> Problems()
    {
        foreach (var (name, value, least, most) in new (string, long, long, long)[]
                 {
                     (nameof(FrameBytes), FrameBytes, 1024, 256 << 20),
                     (nameof(MessagesPerMailbox), MessagesPerMailbox, 10, Many),
                     (nameof(SizePerMailbox), SizePerMailbox, 1024, long.MaxValue),
                     (nameof(TotalSize), TotalSize, SizePerMailbox, long.MaxValue),
                     (nameof(UnsentSize), UnsentSize, SizePerMailbox, long.MaxValue),
                     (nameof(SizePerAddress), SizePerAddress, SizePerMailbox, long.MaxValue),
                     (nameof(Connections), Connections, 1, Many),
                     (nameof(ConnectionsPerAddress), ConnectionsPerAddress, 1, Many),
                     (nameof(MailboxesPerAddress), MailboxesPerAddress, 1, Many),
                     (nameof(NameplatesPerAddress), NameplatesPerAddress, 1, Many),
                     (nameof(RequestsPerMinute), RequestsPerMinute, 1, Many),
                     (nameof(MessagesPerSecond), MessagesPerSecond, 1, Many),
                     (nameof(MessageBurst), MessageBurst, 20, Many),
                 })
        {
            if (value < least)
                yield return $"Limits.{name} must be at least {least}";
            else if (value > most)
                yield return $"Limits.{name} must be at most {most}";
        }

        if (BindDeadline < TimeSpan.FromMilliseconds(100) || BindDeadline > TimeSpan.FromDays(1))
            yield return "Limits.BindDeadline must be 100 ms to 1 day";
    }
}
