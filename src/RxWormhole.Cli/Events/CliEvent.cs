using System.Collections.Immutable;
using RxWormhole.Protocol;

namespace RxWormhole.Cli;

/// <summary>Something that happened while a command ran. People read it in one form, programs in another; both are told the same.</summary>
/// <remarks>Names and texts of the other side are in it as they came: whoever shows them makes them fit to be shown.</remarks>
internal abstract record CliEvent
{
    private CliEvent()
    {
    }

    /// <summary>The session went on, or lost its link for a while.</summary>
    internal sealed record Status(WormholeStatus Now) : CliEvent;

    /// <summary>The server has something to say to everybody.</summary>
    internal sealed record Motd(Uri Server, string Text) : CliEvent;

    /// <summary>The code is known.</summary>
    /// <param name="Text">The code.</param>
    /// <param name="IsNew">Whether the other side has to be told.</param>
    /// <param name="Link">The same for a QR code, with the server where that is not the usual one; null where no link means it.</param>
    /// <param name="Command">What is typed on the other side.</param>
    internal sealed record Code(string Text, bool IsNew, TransferUri? Link, string Command) : CliEvent;

    /// <summary>Both sides have the same key.</summary>
    internal sealed record Verifier(Protocol.Verifier Value) : CliEvent;

    /// <summary>What we are about to send, or what the other side offers.</summary>
    /// <param name="IsOurs">Whether we send it.</param>
    /// <param name="Kind">What it is.</param>
    /// <param name="Name">What it is called; null for a text.</param>
    /// <param name="Bytes">How many bytes it has; null where nobody knows yet.</param>
    /// <param name="Files">How many files there are in it; null where it is none that has files.</param>
    internal sealed record Offer(bool IsOurs, OfferKind Kind, string? Name, long? Bytes, long? Files = null) : CliEvent
    {
        /// <summary>If it is several files and folders: what they are called.</summary>
        internal ImmutableArray<string> Names { get; init; } = [];
    }

    /// <summary>Something that is not sent along.</summary>
    internal sealed record Skipped(string Path, string Reason) : CliEvent;

    /// <summary>The two sides are connected.</summary>
    internal sealed record Route(TransitRoute Value) : CliEvent;

    /// <summary>Bytes moved.</summary>
    internal sealed record Progress(TransferProgress Value) : CliEvent;

    /// <summary>A text that the other side sent.</summary>
    internal sealed record Message(string Text) : CliEvent;

    /// <summary>Something that a person should know, and that stops nothing.</summary>
    internal sealed record Note(string Text) : CliEvent;

    /// <summary>The command has done what it was told.</summary>
    /// <param name="What">In words.</param>
    /// <param name="Path">Where what was received is; null where nothing was.</param>
    /// <param name="Bytes">How many bytes were moved; null for a text.</param>
    internal sealed record Done(string What, string? Path = null, long? Bytes = null) : CliEvent;

    /// <summary>The command has not done what it was told.</summary>
    internal sealed record Error(Failure Failure) : CliEvent;
}
