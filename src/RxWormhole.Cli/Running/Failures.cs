using System.Text;

namespace RxWormhole.Cli;

/// <summary>Tells what went wrong, and what to do about it.</summary>
internal static class Failures
{
    private const string NewCode = "Agree on a new code and try again; this one is used up.";

    /// <param name="exception">What ended the command.</param>
    /// <param name="settings">What it was told.</param>
    /// <param name="hasPaired">Whether the other side was there.</param>
    internal static Failure Of(Exception exception, ClientSettings settings, bool hasPaired = false) => exception switch
    {
        FailedException failed => failed.Failure,
        OperationCanceledException => new Failure(ExitCode.Interrupted, "Interrupted."),
        WrongCodeException => new Failure(ExitCode.WrongCode, exception.Message),
        WormholeTimeoutException timeout when hasPaired => new Failure(
            ExitCode.NobodyCame, $"The other side was there, but it was not settled within {Sizes.Pause(timeout.Limit)}.", "Try again with a new code, and give it more time with --timeout."),
        WormholeTimeoutException timeout => new Failure(ExitCode.NobodyCame, $"Nobody came within {Sizes.Pause(timeout.Limit)}.", "Try again when the other side is ready, or give it more time with --timeout."),
        ServerException server => OfServer(server, settings),
        TransferException transfer => OfTransfer(transfer),
        TransitException { Fault: TransitFault.CannotListen } => new Failure(ExitCode.Failure, exception.Message, "Choose another --port, or do not listen with --no-listen."),
        TransitException { Fault: TransitFault.NoWay or TransitFault.NotConnected } => new Failure(
            ExitCode.Transfer, exception.Message, settings.Paths == TransitPaths.Direct || settings.TransitHelper is ""
                ? "Allow a relay: leave out --direct-only, and name one with --transit-helper." : "Is a firewall in between? See whether both sides reach the relay, or name another with --transit-helper."),
        TransitException => new Failure(ExitCode.Transfer, exception.Message, "Send it again with a new code; what arrived of a file is gone on with."),
        WormholeUsageException => new Failure(ExitCode.Usage, exception.Message),
        WormholeClosedException => new Failure(ExitCode.Transfer, exception.Message, NewCode),
        WormholeException => new Failure(ExitCode.Transfer, exception.Message, NewCode),
        EndOfStreamException => new Failure(ExitCode.Rejected, "There is nobody to answer: standard input has ended.", "Say --yes to agree beforehand."),
        DecoderFallbackException => new Failure(ExitCode.Usage, "What came from standard input is no UTF-8 text.", "Bytes that are no text are sent with: rxwormhole send -"),
        ArgumentException argument => new Failure(ExitCode.Usage, Said(argument), "rxwormhole --help lists what there is."),
        IOException or UnauthorizedAccessException => new Failure(ExitCode.LocalFile, exception.Message, "Look at the path, its permissions, and the room there is."),
        _ => new Failure(ExitCode.Failure, $"{exception.GetType().Name}: {exception.Message}", "This is a defect of rxwormhole; please report it."),
    };

    private static Failure OfServer(ServerException server, ClientSettings settings) => server.Fault switch
    {
        ServerFault.Crowded => new Failure(ExitCode.WrongCode, server.Message, "Two others use this code already. Agree on a new one, and look whether it was typed correctly."),
        ServerFault.Unreachable => new Failure(ExitCode.Server, server.Message, $"Are you connected to the network, and is {settings.Mailbox} the right server? Another one is named with --relay-url."),
        ServerFault.Refused => new Failure(ExitCode.Server, server.Message, "Another server is named with --relay-url."),
        ServerFault.Forgotten => new Failure(ExitCode.Server, server.Message, NewCode),
        _ => new Failure(ExitCode.Server, server.Message, $"Is {settings.Mailbox} a mailbox server? Its address usually ends with /v1."),
    };

    private static Failure OfTransfer(TransferException transfer) => transfer.Fault switch
    {
        TransferFault.Rejected => new Failure(ExitCode.Rejected, transfer.Message, "Ask the other side, and send it again with a new code."),
        TransferFault.UnsafeName => new Failure(ExitCode.Rejected, transfer.Message, "Choose a name of your own with --output-file."),
        TransferFault.Exists => new Failure(ExitCode.LocalFile, transfer.Message, "Say --rename or --overwrite, or choose another name with --output-file."),
        TransferFault.NoSpace => new Failure(ExitCode.LocalFile, transfer.Message, "Make room, or choose another folder with --output-dir."),
        TransferFault.CannotWrite => new Failure(ExitCode.LocalFile, transfer.Message, "Choose another folder with --output-dir."),
        TransferFault.SourceChanged => new Failure(ExitCode.LocalFile, transfer.Message, "Send it again when nothing writes to it any more."),
        TransferFault.BadSource => new Failure(
            ExitCode.LocalFile, transfer.Message, "Look at the path and its permissions; --ignore-unsendable-files leaves out what cannot be sent of a folder."),
        TransferFault.SameName => new Failure(ExitCode.LocalFile, transfer.Message, "Rename one of them, or send a folder that has both."),
        TransferFault.Interrupted or TransferFault.Corrupted => new Failure(ExitCode.Transfer, transfer.Message, "Send it again with a new code; what arrived of a file is gone on with."),
        _ => new Failure(ExitCode.Transfer, transfer.Message, NewCode),
    };

    /// <summary>What an argument is refused for, without the name that the parameter has in our code.</summary>
    internal static string Said(ArgumentException exception) =>
        exception.ParamName is { } name ? exception.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : exception.Message;
}
