namespace RxWormhole.Cli;

/// <summary>Tells a program: one event a line, as JSON; it answers questions with a line of its own.</summary>
internal sealed class JsonFrontEnd(Stream output, Stream input) : IFrontEnd
{
    public void Tell(CliEvent what) => _ = (output, input);

    public IObservable<string> Ask(Question question) => throw new NotImplementedException();

    public IObservable<string> AskText(string prompt) => throw new NotImplementedException();

    public IObservable<string> EnterCode(Wormhole wormhole, int words) => throw new NotImplementedException();
}
