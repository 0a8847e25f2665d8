namespace RxWormhole.Protocol;

/// <summary>A message from the mailbox server to a client.</summary>
/// <remarks>Source: the mailbox protocol, section 2.3. The hierarchy is closed; what newer servers may say is <see cref="Unknown"/>.</remarks>
public abstract record ServerMessage
{
    private ServerMessage()
    {
    }

    /// <summary>When the server sent it, in seconds since 1970, or null; clients do not look at it.</summary>
    public double? ServerTx { get; init; }

    /// <summary>The first message on every connection.</summary>
    /// <param name="Info">What the server tells about itself.</param>
    public sealed record Welcome(WelcomeInfo Info) : ServerMessage;

    /// <summary>Says that a command was received; comes before the answer.</summary>
    /// <param name="Id">The JSON text of the command's id; <c>null</c> where it had none.</param>
    public sealed record Ack(string Id) : ServerMessage;

    /// <summary>The nameplates in use, the answer to <see cref="ClientMessage.List"/>.</summary>
    /// <param name="Names">The nameplates.</param>
    public sealed record Nameplates(IReadOnlyList<string> Names) : ServerMessage;

    /// <summary>The answer to <see cref="ClientMessage.Allocate"/>.</summary>
    /// <param name="Nameplate">The nameplate that is now ours; it still has to be claimed to learn its mailbox.</param>
    public sealed record Allocated(string Nameplate) : ServerMessage;

    /// <summary>The answer to <see cref="ClientMessage.Claim"/>.</summary>
    /// <param name="Mailbox">The mailbox.</param>
    public sealed record Claimed(string Mailbox) : ServerMessage;

    /// <summary>The answer to <see cref="ClientMessage.Release"/>.</summary>
    public sealed record Released : ServerMessage;

    /// <summary>A message in the open mailbox, our own included.</summary>
    /// <param name="Side">Who added it.</param>
    /// <param name="Phase">Its phase.</param>
    /// <param name="Body">Its bytes in hex, as they were given: unchecked.</param>
    /// <param name="Id">The JSON text of the id of the <c>add</c>; <c>null</c> where it had none.</param>
    /// <param name="ServerRx">When the server received it, in seconds since 1970, or null; clients do not look at it.</param>
    public sealed record Message(string Side, string Phase, string Body, string Id = "null", double? ServerRx = null) : ServerMessage;

    /// <summary>The answer to <see cref="ClientMessage.Close"/>.</summary>
    public sealed record Closed : ServerMessage;

    /// <summary>The answer to <see cref="ClientMessage.Ping"/>.</summary>
    /// <param name="Value">The JSON text of the value sent.</param>
    public sealed record Pong(string Value) : ServerMessage;

    /// <summary>The server could not do as it was told; the connection lives on.</summary>
    /// <param name="Text">What was wrong, for instance <c>crowded</c>.</param>
    /// <param name="Original">The JSON text of the command.</param>
    public sealed record Error(string Text, string Original) : ServerMessage;

    /// <summary>A message of a type we do not know, to be passed over.</summary>
    /// <param name="Type">The type.</param>
    public sealed record Unknown(string Type) : ServerMessage;
}
