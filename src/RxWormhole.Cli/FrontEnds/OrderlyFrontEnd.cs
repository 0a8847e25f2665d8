namespace RxWormhole.Cli;

/// <summary>Sees to it that the front end is told by one thread at a time, and nothing behind the end.</summary>
/// <remarks>What a session is doing comes from several sides at once, and it goes on while it is closed.</remarks>
internal sealed class OrderlyFrontEnd(IFrontEnd inner) : IFrontEnd
{
    private readonly Lock gate = new();
    private CliEvent? end;

    /// <summary>Whether it was told that the command has done what it was told.</summary>
    internal bool IsDone
    {
        get
        {
            lock (gate)
                return end is CliEvent.Done;
        }
    }

    public void Tell(CliEvent what)
    {
        lock (gate)
        {
            if (end is not null)
                return;
            end = what is CliEvent.Done or CliEvent.Error ? what : null;
            inner.Tell(what);
        }
    }

    public IObservable<string> Ask(Question question) => inner.Ask(question);

    public IObservable<string> AskText(string prompt) => inner.AskText(prompt);

    public IObservable<string> EnterCode(Wormhole wormhole, CodeRequest request) => inner.EnterCode(wormhole, request);
}
