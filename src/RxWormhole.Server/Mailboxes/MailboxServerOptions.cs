using RxWormhole.Protocol;

namespace RxWormhole.Server;

/// <summary>What a mailbox server is like. Every value can come from configuration, by its name.</summary>
public sealed class MailboxServerOptions
{
    /// <summary>A message of the day that clients show to their users, or null.</summary>
    public string? Motd { get; set; }

    /// <summary>Why the server serves nobody, or null where it does. Clients show it and stop.</summary>
    public string? Error { get; set; }

    /// <summary>The version of the Python program to advertise, or null; that program tells its user if it is another.</summary>
    public string? CurrentCliVersion { get; set; }

    /// <summary>Whether <c>list</c> tells the nameplates in use; otherwise it answers that there are none.</summary>
    /// <value>True unless told otherwise: without it tab completion does not work, and Rust receivers refuse every code.</value>
    public bool AllowList { get; set; } = true;

    /// <summary>How long a mailbox is kept that nobody touches or listens to.</summary>
    /// <value>11 minutes unless told otherwise, as the reference server does.</value>
    public TimeSpan Keep { get; set; } = TimeSpan.FromMinutes(11);

    /// <summary>How long at most for clients that ask for more with <c>keep</c>. The welcome declares it.</summary>
    /// <value>7 days unless told otherwise; at least <see cref="Keep"/>.</value>
    public TimeSpan LongestKeep { get; set; } = TimeSpan.FromDays(7);

    /// <summary>After which time a mailbox ends whoever touches it.</summary>
    /// <value>30 days unless told otherwise; at least <see cref="LongestKeep"/>.</value>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How often mailboxes are looked for whose time is over.</summary>
    /// <value>1 minute unless told otherwise; at most half of <see cref="Keep"/>.</value>
    public TimeSpan PruneEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long clients have to finish what they are at when the server stops.</summary>
    /// <value>5 seconds unless told otherwise.</value>
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The file of the SQLite database, or null to keep everything in memory.</summary>
    public string? Database { get; set; }

    /// <summary>The zero bits of the hashcash stamp that every connection has to show, or 0 to let in everybody.</summary>
    /// <value>0 unless told otherwise; the Python and Go clients know no permissions.</value>
    public int HashcashBits { get; set; }

    /// <summary>The bits it takes when all of <see cref="MailboxLimits.Connections"/> are in use. In between they rise with the connections.</summary>
    /// <value>22 unless told otherwise; at least <see cref="HashcashBits"/>.</value>
    public int HashcashBitsAtFullLoad { get; set; } = 22;

    /// <summary>The proxies whose <c>X-Forwarded-For</c> is believed: addresses, or networks such as <c>10.0.0.0/8</c>.</summary>
    /// <value>None unless told otherwise.</value>
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>The origins from which pages may use the HTTP link, for instance <c>https://example.com</c>, or <c>*</c> for all.</summary>
    /// <value>None unless told otherwise.</value>
    public IList<string> CorsOrigins { get; } = [];

    /// <summary>Whether logs tell addresses, and the ids of applications and sides. Never codes, nameplates or mailboxes.</summary>
    public bool LogAddresses { get; set; }

    /// <summary>How much is taken from clients.</summary>
    public MailboxLimits Limits { get; set; } = new();

    internal KeepPolicy KeepPolicy => new(Keep, LongestKeep, Lifetime);

    internal IEnumerable<string> Problems()
    {
        if (Keep < TimeSpan.FromSeconds(1) || Keep > TimeSpan.FromDays(365))
            yield return "Keep must be 1 second to 365 days";
        if (LongestKeep < Keep || LongestKeep > TimeSpan.FromDays(365))
            yield return "LongestKeep must be at least Keep and at most 365 days";
        if (Lifetime < LongestKeep || Lifetime > TimeSpan.FromDays(3650))
            yield return "Lifetime must be at least LongestKeep and at most 3650 days";
        if (PruneEvery < TimeSpan.FromMilliseconds(100) || PruneEvery > Keep / 2)
            yield return "PruneEvery must be at least 100 ms and at most half of Keep";
        if (DrainTime < TimeSpan.Zero || DrainTime > TimeSpan.FromMinutes(10))
            yield return "DrainTime must be 0 to 10 minutes";
        if (Database is "")
            yield return "Database must be a file name, or missing to keep everything in memory";
        if (HashcashBits is < 0 or > 40)
            yield return "HashcashBits must be 0 to 40";
        if (HashcashBitsAtFullLoad < HashcashBits || HashcashBitsAtFullLoad > 40)
            yield return "HashcashBitsAtFullLoad must be at least HashcashBits and at most 40";
        foreach (var problem in Server.TrustedProxies.Problems(TrustedProxies))
            yield return problem;
        foreach (var origin in CorsOrigins.Where(origin => origin != "*" && !IsOrigin(origin)))
            yield return $"CorsOrigins has '{origin}', which is neither * nor an origin such as https://example.com";
        foreach (var problem in Limits?.Problems() ?? ["Limits must not be null"])
            yield return problem;
    }

    private static bool IsOrigin(string text) =>
        text.StartsWith("http", StringComparison.Ordinal) && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.GetLeftPart(UriPartial.Authority) == text;
}
