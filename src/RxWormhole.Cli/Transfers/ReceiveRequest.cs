namespace RxWormhole.Cli;

/// <summary>What is wanted, and where it goes.</summary>
internal sealed record ReceiveRequest
{
    /// <summary>Whether nothing but a text is accepted.</summary>
    internal bool OnlyText { get; init; }

    /// <summary>Where it goes: a name, a folder that is there, or <c>-</c> for standard output; null for the name that is offered.</summary>
    internal string? Output { get; init; }

    /// <summary>Whether the code is made here.</summary>
    internal bool Allocate { get; init; }
}
