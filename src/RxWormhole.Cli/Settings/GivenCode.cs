using System.Diagnostics.CodeAnalysis;
using RxWormhole.Protocol;

namespace RxWormhole.Cli;

/// <summary>A code that somebody gave, as it is or as a link, wherever it was given: typed, on the command line, in the environment or on standard input.</summary>
/// <param name="Text">The code.</param>
/// <param name="Server">The mailbox server that a link is for; null for a code alone, which says nothing about it.</param>
internal sealed record GivenCode(string Text, Uri? Server)
{
    /// <summary>What holds a code in the environment, where no list of processes shows it.</summary>
    internal const string Variable = "RXWORMHOLE_CODE";

    /// <summary>What is advised about a code that is none.</summary>
    internal const string AskAgain = "Ask the other side for the code again.";

    private const string Scheme = "wormhole-transfer:";

    /// <summary>Reads a code, more or less as it should be, or a link. No message repeats the code.</summary>
    /// <param name="typed">What was given.</param>
    /// <param name="sends">Whether we send.</param>
    /// <param name="server">The mailbox server that it has to be for; null while a link may choose it.</param>
    /// <param name="given">What it says.</param>
    /// <param name="problem">Why it is none, or not for this command or this server.</param>
    internal static bool TryRead(string typed, bool sends, Uri? server, [NotNullWhen(true)] out GivenCode? given, [NotNullWhen(false)] out Failure? problem)
    {
        given = null;
        var text = typed.Trim();
        Uri? named = null;
        if (text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            problem = Link(text, sends, server, out var link, out named);
            if (problem is not null)
                return false;
            text = link!.Code;
        }

        var code = CodeText.Normalize(text);
        problem = Fault(code) is { } fault ? new Failure(ExitCode.Usage, fault, AskAgain) : null;
        given = problem is null ? new GivenCode(code, named) : null;
        return given is not null;
    }

    /// <inheritdoc cref="TryRead"/>
    /// <exception cref="FailedException">It is none, or not for this command or this server.</exception>
    internal static GivenCode Read(string typed, bool sends, Uri? server) =>
        TryRead(typed, sends, server, out var given, out var problem) ? given : throw new FailedException(problem);

    private static Failure? Link(string text, bool sends, Uri? server, out TransferUri? link, out Uri? named)
    {
        named = null;
        if (!TransferUri.TryParse(text, out link, out var reason))
            return new Failure(ExitCode.Usage, reason, "Have the link or the code sent again, whole.");
        if (link.ReaderSends != sends)
        {
            return new Failure(
                ExitCode.Usage,
                link.ReaderSends ? "Whoever reads this link is to send something, and this command receives." : "Whoever reads this link is to receive something, and this command sends.",
                link.ReaderSends ? "Use it with: rxwormhole send --code LINK WHAT." : "Use it with: rxwormhole receive LINK.");
        }

        // Without a server it is for the public one.
        named = link.Rendezvous is { } rendezvous ? SettingText.ServerOrNull(rendezvous) : PublicServers.Mailbox;
        if (named is null)
            return new Failure(ExitCode.Usage, "The link names a server that has no ws:// or wss:// address.", "Have the link sent again, whole, or ask for the code alone.");
        named = Whole(named);
        return server is null || named == server
            ? null
            : new Failure(ExitCode.Usage, $"That link is for the server {named.AbsoluteUri}.", "Call the command again with the whole link in place of a code, and without --relay-url.");
    }

    private static string? Fault(string code)
    {
        if (code.TrimEnd('-') is { Length: > 0 } number && number.All(char.IsAsciiDigit))
            return "The words are missing. A code looks like 7-crossover-clockwork.";
        return WormholeCode.TryParse(code, out _, out var reason) ? null : reason;
    }

    // A link leaves out the path that every server has.
    private static Uri Whole(Uri server) => server.PathAndQuery is "/" or "" ? new Uri(server, "/v1") : server;
}
