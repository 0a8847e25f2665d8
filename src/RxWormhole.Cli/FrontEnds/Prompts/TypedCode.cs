using RxWormhole.Protocol;

namespace RxWormhole.Cli;

/// <summary>Reads what somebody entered as a code: a code, more or less as it should be, or a link that was pasted.</summary>
internal static class TypedCode
{
    private const string Link = "wormhole-transfer:";

    /// <param name="typed">What was entered.</param>
    /// <param name="server">The mailbox server, which a link may name otherwise.</param>
    /// <returns>The code, or why it is none.</returns>
    internal static (string? Code, string? Reason) Read(string typed, Uri server)
    {
        var text = typed.Trim();
        if (text.StartsWith(Link, StringComparison.OrdinalIgnoreCase))
        {
            if (!TransferUri.TryParse(text, out var link, out var fault))
                return (null, fault);
            if (!IsSame(link.Rendezvous, server))
                return (null, $"That link is for the server {SafeText.Line(link.Rendezvous ?? PublicServers.Mailbox.ToString())}. End with Ctrl-C, and call rxwormhole receive with the whole link.");
            text = link.Code;
        }

        var code = CodeText.Normalize(text);
        if (code.All(char.IsAsciiDigit) && code.Length > 0)
            return (null, "The words are missing. A code looks like 7-crossover-clockwork.");
        if (!WormholeCode.TryParse(code, out var nameplate, out var reason))
            return (null, reason);
        return code.Length == nameplate.Length + 1 ? (null, "The words are missing. A code looks like 7-crossover-clockwork.") : (code, null);
    }

    private static bool IsSame(string? named, Uri server) =>
        Uri.TryCreate(named ?? PublicServers.Mailbox.ToString(), UriKind.Absolute, out var link)
        && Uri.Compare(link, server, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
