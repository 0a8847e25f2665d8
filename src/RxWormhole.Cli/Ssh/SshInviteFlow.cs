using System.Reactive;
using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole.Cli;

/// <summary>Takes a public key from whoever has the code. The other side hears that it was taken only when it is on the disk.</summary>
internal static class SshInviteFlow
{
    internal static IObservable<Unit> Run(Wormhole wormhole, CommandRun run, SshAccount account) =>
        from _ in Observable.Defer(() => Check(run, account))
        from code in wormhole.AllocateCode(run.Settings.CodeLength)
        let told = Tell(run, code)
        from __ in VerifierFlow.Compare(wormhole, run)
        from message in wormhole.Receive()
        let read = Read(message.Bytes.Span)
        from ___ in read.Key is null ? Refuse(wormhole, read.Problem) : Add(wormhole, run, account, read.Key)
        select Unit.Default;

    private static IObservable<Unit> Check(CommandRun run, SshAccount account)
    {
        account.Act(AuthorizedKeys.Check);
        if (!Path.Exists(AuthorizedKeys.PathIn(account.Folder)))
            run.FrontEnd.Tell(new CliEvent.Note($"{AuthorizedKeys.PathIn(account.Folder)} is not there yet; it will be made."));
        return Observable.Return(Unit.Default);
    }

    private static Unit Tell(CommandRun run, string code)
    {
        run.FrontEnd.Tell(new CliEvent.Code(code, IsNew: true, Link: null, OtherSide.Accepts(run.Settings, code)));
        return Unit.Default;
    }

    private static (PublicKey? Key, string Problem) Read(ReadOnlySpan<byte> message)
    {
        if (PeerError.Of(message) is { } error)
            throw error;
        if (!TransferCodec.TryRead(message, out var said, out _) || said.OfType<TransferMessage.Offer>().FirstOrDefault()?.Offered is not TransferOffer.Text text)
            return (null, "it is no text");
        return PublicKey.TryParse(text.Message, out var key, out var why) ? (key, "") : (null, why);
    }

    private static IObservable<Unit> Add(Wormhole wormhole, CommandRun run, SshAccount account, PublicKey key)
    {
        var isNew = false;
        account.Act(folder => isNew = AuthorizedKeys.Add(folder, key));
        return wormhole.Send(TransferCodec.Write(new TransferMessage.Answer(IsForText: true, TransferMessage.Answer.Ok)))
            .Do(_ => run.FrontEnd.Tell(new CliEvent.Done(
                $"{(isNew ? "added the key" : "the key was there already:")} {key.Type} {key.Fingerprint} {key.Comment}".TrimEnd(), AuthorizedKeys.PathIn(account.Folder))))
            .Select(_ => Unit.Default);
    }

    private static IObservable<Unit> Refuse(Wormhole wormhole, string reason) => wormhole
        .Send(TransferCodec.Write(new TransferMessage.Error($"this is no public key: {reason}")))
        .SelectMany(_ => Observable.Throw<Unit>(new FailedException(
            ExitCode.Rejected, $"The other side sent no public key: {reason}. Nothing was changed.", "Have them send the file that ends with .pub, with a new code.")));
}
