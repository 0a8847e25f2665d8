using System.Text;
using RxWormhole.Protocol;

namespace RxWormhole.Cli;

/// <summary>What the other side is told to do: as a command to type, and as a link.</summary>
internal static class OtherSide
{
    /// <summary>What whoever receives from us types.</summary>
    internal static string Receives(ClientSettings settings, string code) =>
        Command(settings, "receive", PublicServers.FileTransfer, settings.Zero ? "-0" : ShellWord.Of(code));

    /// <summary>What whoever sends to us types.</summary>
    internal static string Sends(ClientSettings settings, string code) =>
        Command(settings, "send", PublicServers.FileTransfer, settings.Zero ? "-0 WHAT" : $"--code {ShellWord.Of(code)} WHAT");

    /// <summary>What whoever gives us a key types.</summary>
    internal static string Accepts(ClientSettings settings, string code) => Command(settings, "ssh accept", SshCommand.AppId, ShellWord.Of(code));

    /// <summary>The same for a QR code. It names a server without the path that every server has, and none where that is the public one.</summary>
    internal static TransferUri Link(ClientSettings settings, string code, bool sends) => new(
        code,
        settings.Mailbox == PublicServers.Mailbox ? null
            : settings.Mailbox.PathAndQuery == "/v1" ? settings.Mailbox.GetLeftPart(UriPartial.Authority) : settings.Mailbox.AbsoluteUri,
        ReaderSends: sends);

    private static string Command(ClientSettings settings, string name, string usualId, string rest)
    {
        var command = new StringBuilder("rxwormhole ").Append(name);
        if (settings.Mailbox != PublicServers.Mailbox)
            command.Append(" --relay-url ").Append(ShellWord.Of(settings.Mailbox.AbsoluteUri));
        if (settings.AppId != usualId)
            command.Append(" --appid ").Append(ShellWord.Of(settings.AppId));
        if (settings.Verify)
            command.Append(" --verify");
        return command.Append(' ').Append(rest).ToString();
    }
}
