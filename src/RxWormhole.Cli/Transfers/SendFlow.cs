using System.Collections.Immutable;
using System.Reactive;
using System.Reactive.Linq;
using System.Text;

namespace RxWormhole.Cli;

/// <summary>Sends: what is wrong with this machine's files is found first, then there is a code, then the other side.</summary>
internal static class SendFlow
{
    private static readonly int LongestText = new WormholeBounds().MessageBytes;

    // Nobody knows what it is called.
    private const string InputName = "stdin";

    private static readonly Failure NoText = new(ExitCode.Usage, "There is nothing to send: standard input has ended.", "Give a text with --text, or a path; '-' sends standard input itself.");

    internal static IObservable<Unit> Run(Wormhole wormhole, CommandRun run, SendRequest request) =>
        from payload in Prepare(wormhole, run, request).Do(payload => Tell(run, payload))
        from _ in CodeFlow.Give(wormhole, run, isSender: true, allocates: true)
        from __ in VerifierFlow.Compare(wormhole, run)
        from sent in payload switch
        {
            Payload.OfText text => text.Sending.Do(_ => run.FrontEnd.Tell(new CliEvent.Done("text message sent"))),
            Payload.OfContent content => Send(wormhole, run, content.Content),
            _ => throw new InvalidOperationException("There is nothing else to send."),
        }
        select sent;

    private static IObservable<Unit> Send(Wormhole wormhole, CommandRun run, Outgoing content) => wormhole
        .SendFile(content)
        .Told(run)
        .LastAsync()
        .Do(last => run.FrontEnd.Tell(new CliEvent.Done(content.IsFolder ? "folder sent" : "file sent", null, last.Bytes)))
        .Select(_ => Unit.Default);

    private static IObservable<Payload> Prepare(Wormhole wormhole, CommandRun run, SendRequest request) => request switch
    {
        { Text: StandardStream.Word } => Observable.Start(() => ReadText(run.World), run.World.Scheduler).Select(text => OfText(wormhole, text)),
        { Text: { } text } => Observable.Return<Payload>(OfText(wormhole, text)),
        { What: [StandardStream.Word] } => Observable.Return(OfInput(run)),
        { What: var what } when what.Contains(StandardStream.Word) => throw new FailedException(OptionRules.InputAmongPaths),
        { What.Length: 0 } => run.FrontEnd.AskText("Text to send").OrEnded(NoText).Select(text => OfText(wormhole, text)),
        _ => Observable.Return(Look(run, request.What)),
    };

    // Read when the other side is there, and not before. Of a file that was redirected the length is known.
    private static Payload.OfContent OfInput(CommandRun run)
    {
        var input = run.World.OpenInput();
        return new Payload.OfContent(Outgoing.OfStream(input, InputName, input.CanSeek ? input.Length - input.Position : null), []);
    }

    private static Payload.OfContent Look(CommandRun run, ImmutableArray<string> paths) => new(
        Outgoing.Of(paths, new SendOptions
        {
            Source = run.World.Source,
            Unreadable = run.Settings.IgnoreUnsendableFiles ? EntryPolicy.Skip : EntryPolicy.Fail,
            BadNames = run.Settings.IgnoreUnsendableFiles ? EntryPolicy.Skip : EntryPolicy.Fail,
        }),
        paths.Length > 1 ? [.. paths.Select(run.World.Source.NameOf)] : []);

    private static string ReadText(CliWorld world)
    {
        using var input = world.OpenInput();
        var bytes = new byte[LongestText + 1];
        var length = input.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (length > LongestText)
            throw new FailedException(TooLong());
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException exception)
        {
            throw new FailedException(new Failure(ExitCode.Usage, "Standard input is no UTF-8 text.", "Bytes that are no text are sent with: rxwormhole send -"), exception);
        }
    }

    // The wormhole says at once what it cannot send; nobody was told a code by then.
    private static Payload.OfText OfText(Wormhole wormhole, string text)
    {
        try
        {
            return new Payload.OfText(text, wormhole.SendText(text));
        }
        catch (ArgumentException exception)
        {
            throw new FailedException(TooLong(exception), exception);
        }
    }

    private static Failure TooLong(ArgumentException? exception = null) =>
        new(ExitCode.Usage, exception is null ? $"A text has at most {LongestText} bytes as JSON." : Failures.Said(exception), "Send it as a file, or with: rxwormhole send -");

    private static void Tell(CommandRun run, Payload payload)
    {
        switch (payload)
        {
            case Payload.OfText text:
                run.FrontEnd.Tell(new CliEvent.Offer(IsOurs: true, OfferKind.Text, null, Encoding.UTF8.GetByteCount(text.Text)));
                break;
            case Payload.OfContent { Content: var content, Names: var names }:
                foreach (var skipped in content.Skipped)
                    run.FrontEnd.Tell(new CliEvent.Skipped(skipped.Path, skipped.Reason));
                run.FrontEnd.Tell(new CliEvent.Offer(
                    IsOurs: true,
                    !names.IsEmpty ? OfferKind.Several : content.IsFolder ? OfferKind.Folder : content.Length is null ? OfferKind.Stream : OfferKind.File,
                    content.Name,
                    content.Bytes,
                    content.IsFolder ? content.Files : null) { Names = names });
                break;
        }
    }
}
