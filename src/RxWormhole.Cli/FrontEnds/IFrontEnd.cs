namespace RxWormhole.Cli;

/// <summary>Whoever runs the command: somebody at a terminal, or a program that reads JSON.</summary>
internal interface IFrontEnd
{
    /// <summary>Tells what happened. Called by one thread at a time.</summary>
    void Tell(CliEvent what);

    /// <summary>Asks something that has a few answers.</summary>
    /// <remarks>value: the word of the choice. completion: along with it. error: <see cref="EndOfStreamException"/>, nobody is there to answer. dispose: the question is taken back.</remarks>
    IObservable<string> Ask(Question question);

    /// <summary>Asks for a line of text.</summary>
    /// <param name="prompt">What is asked for, without a colon.</param>
    /// <remarks>As <see cref="Ask"/>.</remarks>
    IObservable<string> AskText(string prompt);

    /// <summary>Lets a code be entered: at a terminal typed with completion of nameplates and words; otherwise it is read as a line.</summary>
    /// <param name="wormhole">The wormhole, which has no code yet.</param>
    /// <param name="request">What kind of code. A link is as good as one.</param>
    /// <remarks>value: the code, which the wormhole has. completion: along with it. error: as <see cref="Ask"/>, or the session's end.</remarks>
    IObservable<string> EnterCode(Wormhole wormhole, CodeRequest request);
}
