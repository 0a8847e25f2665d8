using System.Reactive.Concurrency;
using System.Reactive.Linq;

namespace RxWormhole.Cli;

/// <summary>Tells people: what was received goes to standard output, everything else to standard error.</summary>
internal sealed class ConsoleFrontEnd : IFrontEnd, IDisposable
{
    // Beyond that nobody reads what a server has to say.
    private const int LongestMotd = 2000;
    private const int MostMotdLines = 20;

    private readonly ClientSettings settings;
    private readonly Display display;
    private readonly Announcer announcer;
    private readonly TransferRow transfer;
    private readonly Prompts prompts;
    private readonly Action<string> writePayload;
    private CliEvent.Offer? offer;
    private WormholeStage stage;
    private bool wasUp;

    internal ConsoleFrontEnd(ClientSettings settings)
        : this(settings, StandardTerminal.Display(settings.Color), StandardTerminal.Prompter, StandardTerminal.WritePayload, DefaultScheduler.Instance)
    {
    }

    /// <param name="settings">How people want it.</param>
    /// <param name="display">Where it is shown.</param>
    /// <param name="prompter">Makes who asks.</param>
    /// <param name="writePayload">Where a received text goes.</param>
    /// <param name="scheduler">Where time comes from.</param>
    internal ConsoleFrontEnd(ClientSettings settings, Display display, Func<Display, Prompter> prompter, Action<string> writePayload, IScheduler scheduler)
    {
        this.settings = settings;
        this.display = display;
        this.writePayload = writePayload;
        announcer = new Announcer(display, scheduler);
        transfer = new TransferRow(display, announcer, scheduler, settings.HideProgress);
        prompts = new Prompts(display, prompter(display), scheduler);
    }

    public void Tell(CliEvent what)
    {
        switch (what)
        {
            case CliEvent.Status status:
                Tell(status.Now);
                break;
            case CliEvent.Motd motd:
                Tell(motd);
                break;
            case CliEvent.Code { IsNew: true } code:
                Tell(code);
                break;
            case CliEvent.Verifier verifier:
                Tell(verifier);
                break;
            case CliEvent.Offer made:
                offer = made;
                if (made.IsOurs || made.Kind != OfferKind.Text)
                    display.Line(OfferWords.Of(made));
                break;
            case CliEvent.Skipped skipped:
                display.Line($"Left out: '{SafeText.Line(skipped.Path)}' ({SafeText.Line(skipped.Reason.TrimEnd('.'))})");
                break;
            case CliEvent.Route route:
                display.Line(OfferWords.Of(route.Value, offer is not { IsOurs: false }));
                break;
            case CliEvent.Progress progress:
                transfer.Tell(progress.Value);
                break;
            case CliEvent.Message message:
                announcer.Say(null);
                display.Aside(() => writePayload(message.Text));
                break;
            case CliEvent.Note note:
                display.Line(SafeText.Line(note.Text));
                break;
            case CliEvent.Done done:
                Tell(done);
                break;
            case CliEvent.Error error:
                Tell(error.Failure);
                break;
        }
    }

    public IObservable<string> Ask(Question question) => prompts.Ask(question);

    public IObservable<string> AskText(string prompt) => prompts.AskText(prompt);

    public IObservable<string> EnterCode(Wormhole wormhole, CodeRequest request) => prompts.EnterCode(wormhole, request);

    /// <summary>Shows a line of the session's log.</summary>
    internal void Log(string line) => display.Line(new Piece(line, Ink.Faint));

    public void Dispose()
    {
        announcer.Dispose();
        display.Leave();
    }

    private void Tell(WormholeStatus now)
    {
        wasUp |= now.Link is LinkStatus.Up;
        // Once the two sides are paired, the transfer says what there is to wait for.
        if (now.Stage != stage || now.Stage != WormholeStage.Paired)
            announcer.Say(StatusWords.Of(now, wasUp));
        stage = now.Stage;
    }

    private void Tell(CliEvent.Motd motd)
    {
        display.Line($"Server (at {SafeText.Line(motd.Server.ToString())}) says:");
        foreach (var line in SafeText.Block(motd.Text.Trim(), LongestMotd).Split('\n').Take(MostMotdLines))
            display.Line("  " + line);
    }

    private void Tell(CliEvent.Code code)
    {
        display.Line("Wormhole code is: ", new Piece(SafeText.Line(code.Text), Ink.Strong));
        if (!settings.Zero && code.Link is { } link && (settings.Qr ?? display.IsLive))
            TellQr(link.ToString());
        display.Line("On the other computer, please run:");
        display.Line();
        // Half a command is none.
        display.Line("  ", new Piece(SafeText.Line(code.Command, int.MaxValue), Ink.Strong));
        display.Line();
    }

    private void TellQr(string link)
    {
        var rows = QrRows.Of(link, display.IsColoured);
        if (!display.IsLive || rows[0].Text.Length < display.Width)
        {
            foreach (var row in rows)
                display.Line(row);
        }
        else if (settings.Qr is true)
        {
            display.Line("The terminal is too narrow for the QR code.");
        }
    }

    private void Tell(CliEvent.Verifier verifier)
    {
        announcer.Say(null);
        display.Line("Compare this with the other side; with other programs, the digits:");
        display.Line();
        foreach (var row in VerifierRows.Words(verifier.Value))
            display.Line("  ", new Piece(row, Ink.Strong));
        display.Line();
        foreach (var row in VerifierRows.Digits(verifier.Value))
            display.Line("  " + row);
        display.Line();
    }

    private void Tell(CliEvent.Done done)
    {
        transfer.End();
        if (done.Path is { } path)
            display.Line($"Received {OfferWords.Noun(offer?.Kind ?? OfferKind.File)} written to {SafeText.Line(Path.GetFullPath(path), 5000)}");
        else if (offer is not { IsOurs: false, Kind: OfferKind.Text } && done.What.Length > 0)
            display.Line($"{char.ToUpperInvariant(done.What[0])}{SafeText.Line(done.What[1..])}.");
    }

    private void Tell(Failure failure)
    {
        prompts.End();
        transfer.End();
        display.Line(new Piece("rxwormhole: ", Ink.Bad), SafeText.Line(failure.Message, 2000));
        if (failure.Advice is { } advice)
            display.Line(SafeText.Line(advice, 2000));
    }
}
