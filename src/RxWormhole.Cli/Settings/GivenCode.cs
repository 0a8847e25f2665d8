using RxWormhole.Protocol;

namespace RxWormhole.Cli;

/// <summary>A code that somebody gave, as it is or as a link.</summary>
/// <param name="Text">The code.</param>
/// <param name="Server">The mailbox server that the link names, as text; null for none.</param>
internal sealed record GivenCode(string Text, string? Server)
{
    /// <summary>What is said instead of a code to have it read from standard input.</summary>
    internal const string FromInput = "-";

    /// <summary>What holds a code in the environment, where no list of processes shows it.</summary>
    internal const string Variable = "RXWORMHOLE_CODE";

    private const string Scheme = "wormhole-transfer:";

    /// <summary>Reads a code or a link. No message repeats any of it.</summary>
    /// <param name="typed">What was given.</param>
    /// <param name="sends">Whether we send.</param>
    /// <exception cref="FailedException">It is none, or the link is meant for the other command.</exception>
    internal static GivenCode Read(string typed, bool sends)
    {
        var trimmed = typed.Trim();
        if (!trimmed.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return new GivenCode(Checked(trimmed), null);
        if (!TransferUri.TryParse(trimmed, out var link, out var reason))
            throw new FailedException(ExitCode.Usage, reason, "Have the link or the code sent again, whole.");
        if (link.ReaderSends != sends)
        {
            throw new FailedException(
                ExitCode.Usage,
                link.ReaderSends ? "Whoever reads this link is to send something, and this command receives." : "Whoever reads this link is to receive something, and this command sends.",
                link.ReaderSends ? "Use it with: rxwormhole send --code LINK WHAT." : "Use it with: rxwormhole receive LINK.");
        }

        return new GivenCode(Checked(link.Code), link.Rendezvous is { } server ? Whole(server) : null);
    }

    private static string Checked(string typed)
    {
        var code = CodeText.Normalize(typed);
        return WormholeCode.TryParse(code, out _, out var reason) ? code : throw new FailedException(ExitCode.Usage, reason, "Ask the other side for the code again.");
    }

    // A link leaves out the path that every server has.
    private static string Whole(string server) =>
        Uri.TryCreate(server, UriKind.Absolute, out var address) && address is { AbsolutePath: "/" or "", Query: "" } ? $"{server.TrimEnd('/')}/v1" : server;
}
