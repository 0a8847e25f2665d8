using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace RxWormhole.Protocol;

/// <summary>Hints as people write them.</summary>
internal static class HintText
{
    private const string Tcp = "tcp:";

    private const string Priority = "priority=";

    internal static TransitHint? Read(string text)
    {
        if (text.StartsWith(Tcp, StringComparison.Ordinal))
            return Address(text[Tcp.Length..].TrimEnd('/'));
        return HintJson.TryGetUrl(text, out var url) ? new WebSocketHint(url) : null;
    }

    // HOST:PORT[:priority=NUMBER], also behind two slashes as the Rust client has it; other parts that follow are passed over.
    private static DirectHint? Address(string text)
    {
        var rest = text.StartsWith("//", StringComparison.Ordinal) ? text[2..] : text;
        if (!TryTakeHost(ref rest, out var host) || rest.Split(':') is not [var number, .. var others])
            return null;
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || !HintJson.IsPort(port))
            return null;
        var priority = 0.0;
        foreach (var other in others.Where(other => other.StartsWith(Priority, StringComparison.Ordinal)))
        {
            if (!double.TryParse(other[Priority.Length..], NumberStyles.Float, CultureInfo.InvariantCulture, out priority) || !double.IsFinite(priority))
                return null;
        }

        return new DirectHint(host, port, priority);
    }

    private static bool TryTakeHost(ref string rest, out string host)
    {
        var isBracketed = rest.StartsWith('[');
        var end = rest.IndexOf(isBracketed ? "]:" : ":", StringComparison.Ordinal);
        host = end < 0 ? "" : rest[(isBracketed ? 1 : 0)..end];
        rest = end < 0 ? "" : rest[(end + (isBracketed ? 2 : 1))..];
        return HintJson.IsHostname(host)
            && (!isBracketed || (IPAddress.TryParse(host, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6));
    }
}
