using System.Collections.Immutable;

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
    /// <param name="Content">All of them.</param>
    /// <param name="Names">If there are several: what they are called.</param>
    internal sealed record OfContent(Outgoing Content, ImmutableArray<string> Names) : Payload;
}
