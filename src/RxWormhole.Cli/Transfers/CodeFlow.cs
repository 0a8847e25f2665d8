using System.Reactive;
using System.Reactive.Linq;
using System.Text;
using RxWormhole.Protocol;

namespace RxWormhole.Cli;

/// <summary>Gets a wormhole its code, and tells whoever has to tell the other side.</summary>
internal static class CodeFlow
{
    // Zero mode of the Python client.
    private const string NoCode = "0-";

    /// <param name="wormhole">The wormhole.</param>
    /// <param name="run">The run.</param>
    /// <param name="isSender">Whether we send.</param>
    /// <param name="allocates">Whether the code is made here where none is given; otherwise it is asked for.</param>
    internal static IObservable<Unit> Give(Wormhole wormhole, CommandRun run, bool isSender, bool allocates) => run.Settings switch
    {
        { Zero: true } => wormhole.SetCode(NoCode).Do(code => Tell(run, code, isSender, isNew: false)).Select(_ => Unit.Default),
        { Code: "-" } => run.FrontEnd.AskText("Code").SelectMany(typed => Set(wormhole, run, typed, isSender)),
        { Code: { } code } => Set(wormhole, run, code, isSender),
        _ when allocates => wormhole.AllocateCode(run.Settings.CodeLength).Do(code => Tell(run, code, isSender, isNew: true)).Select(_ => Unit.Default),
        _ => run.FrontEnd.EnterCode(wormhole, run.Settings.CodeLength).Do(code => Tell(run, code, isSender, isNew: false)).Select(_ => Unit.Default),
    };

    private static IObservable<Unit> Set(Wormhole wormhole, CommandRun run, string typed, bool isSender)
    {
        var (code, server) = GivenCode.Read(typed, isSender);
        if (server is not null && SettingText.Server(server) != run.Settings.Mailbox)
            throw new FailedException(ExitCode.Usage, "The link names another server, and it came too late to go there.", "Give the link in place of a code, or name its server with --relay-url.");
        return wormhole.SetCode(code).Do(_ => Tell(run, code, isSender, isNew: false)).Select(_ => Unit.Default);
    }

    private static void Tell(CommandRun run, string code, bool isSender, bool isNew) => run.FrontEnd.Tell(new CliEvent.Code(
        code,
        isNew,
        new TransferUri(code, run.Settings.Mailbox == PublicServers.Mailbox ? null : WithoutPath(run.Settings.Mailbox), ReaderSends: !isSender),
        Command(run.Settings, code, isSender)));

    /// <summary>What is typed on the other side.</summary>
    internal static string Command(ClientSettings settings, string code, bool isSender)
    {
        var command = new StringBuilder("rxwormhole ").Append(isSender ? "receive" : "send");
        if (settings.Mailbox != PublicServers.Mailbox)
            command.Append(" --relay-url ").Append(Quoted(settings.Mailbox.ToString()));
        if (settings.AppId != PublicServers.FileTransfer)
            command.Append(" --appid ").Append(Quoted(settings.AppId));
        if (settings.Verify)
            command.Append(" --verify");
        if (settings.Zero)
            return command.Append(isSender ? " -0" : " -0 WHAT").ToString();
        return isSender ? command.Append(' ').Append(Quoted(code)).ToString() : command.Append(" --code ").Append(Quoted(code)).Append(" WHAT").ToString();
    }

    // The link names a server without the path that every server has.
    private static string WithoutPath(Uri server) => server.AbsolutePath == "/v1" ? server.GetLeftPart(UriPartial.Authority) : server.ToString();

    private static string Quoted(string text) =>
        text.All(each => char.IsAsciiLetterOrDigit(each) || "-_./:@%+=,".Contains(each, StringComparison.Ordinal)) ? text : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
