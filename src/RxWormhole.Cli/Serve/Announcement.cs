using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace RxWormhole.Cli;

/// <summary>What <c>rxwormhole serve</c> prints once it listens: lines that scripts read, and what people type elsewhere.</summary>
internal static class Announcement
{
    /// <param name="mailboxes">The addresses of the mailbox server, as URLs.</param>
    /// <param name="relay">Where the relay listens, or null.</param>
    /// <param name="metrics">Where metrics are told, or null.</param>
    internal static string Of(IReadOnlyList<string> mailboxes, IPEndPoint? relay, IPEndPoint? metrics)
    {
        var text = new StringBuilder();
        foreach (var mailbox in mailboxes)
            text.Append("mailbox ").Append(mailbox).Append('\n');
        if (relay is not null)
            text.Append("relay ").Append(Hint(relay)).Append('\n');
        if (metrics is not null)
            text.Append("metrics http://").Append(Reachable(metrics)).Append("/metrics\n");
        if (mailboxes is not [var first, ..])
            return text.ToString();
        text.Append("\nTell clients with\n  export WORMHOLE_RELAY_URL=").Append(first).Append('\n');
        if (relay is not null)
            text.Append("  export WORMHOLE_TRANSIT_HELPER=").Append(Hint(relay)).Append('\n');
        text.Append("or\n  wormhole --relay-url=").Append(first);
        if (relay is not null)
            text.Append(" --transit-helper=").Append(Hint(relay));
        return text.Append(" send FILE\n").ToString();
    }

    /// <summary>A mailbox server's URL from one of Kestrel's, for instance <c>http://[::]:4000</c>.</summary>
    internal static string MailboxUrl(string address)
    {
        var url = BindingAddress.Parse(address);
        var host = IPAddress.TryParse(url.Host, out var ip) ? Reachable(new IPEndPoint(ip, url.Port)) : $"{url.Host}:{url.Port}";
        return $"{(url.Scheme == "https" ? "wss" : "ws")}://{host}/v1";
    }

    private static string Hint(IPEndPoint address) => $"tcp:{Reachable(address)}";

    // One address of all is none that a client can use: the machine's name is.
    private static string Reachable(IPEndPoint address) =>
        address.Address.Equals(IPAddress.Any) || address.Address.Equals(IPAddress.IPv6Any) ? $"{Environment.MachineName}:{address.Port}" : address.ToString();
}
