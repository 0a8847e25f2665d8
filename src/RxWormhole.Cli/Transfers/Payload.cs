using System.Collections.Immutable;
using System.Reactive;

namespace RxWormhole.Cli;

/// <summary>What is sent, once it is known.</summary>
internal abstract record Payload
{
    private Payload()
    {
    }

    /// <summary>A text.</summary>
    /// <param name="Text">The text.</param>
    /// <param name="Sending">What sends it, once it is subscribed to.</param>
    internal sealed record OfText(string Text, IObservable<Unit> Sending) : Payload;

    /// <summary>Files and folders.</summary>
    /// <param name="Content">All of them.</param>
    /// <param name="Names">If there are several: what they are called.</param>
    internal sealed record OfContent(Outgoing Content, ImmutableArray<string> Names) : Payload;
}
