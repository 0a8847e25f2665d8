namespace RxWormhole.Cli;

/// <summary>What is sent, once it is known.</summary>
internal abstract record Payload
{
    private Payload()
    {
    }

    /// <summary>A text.</summary>
    internal sealed record OfText(string Text) : Payload;

    /// <summary>Files and folders.</summary>
    internal sealed record OfContent(Outgoing Content) : Payload;
}
