namespace RxWormhole.Protocol;

/// <summary>A command from a client to the mailbox server.</summary>
/// <remarks>Source: the mailbox protocol, sections 2.2 and 2.7. The hierarchy is closed.</remarks>
public abstract record ClientMessage
{
    private ClientMessage()
    {
    }

    /// <summary>A text the server copies into its <c>ack</c>, or null; it matters to nobody but a debugger.</summary>
    public string? Id { get; init; }

    /// <summary>Shows a permission the welcome asked for; comes before <see cref="Bind"/>.</summary>
    /// <param name="Method">The method, <c>hashcash</c> or <c>none</c>.</param>
    /// <param name="Stamp">The stamp for <c>hashcash</c>, otherwise null.</param>
    /// <remarks>The Rust client calls it <c>submit-permission</c>; both names are read, that of the specification is written.</remarks>
    public sealed record SubmitPermissions(string Method, string? Stamp) : ClientMessage;

    /// <summary>Says which application and which side the connection is for.</summary>
    /// <param name="AppId">The application id; applications do not see each other.</param>
    /// <param name="Side">Our side, kept over all connections of a session.</param>
    /// <param name="Implementation">The name and version of the client, or null.</param>
    public sealed record Bind(string AppId, string Side, ClientVersion? Implementation) : ClientMessage;

    /// <summary>Asks for the nameplates in use.</summary>
    public sealed record List : ClientMessage;

    /// <summary>Asks for a free nameplate.</summary>
    public sealed record Allocate : ClientMessage;

    /// <summary>Claims a nameplate and asks for its mailbox.</summary>
    /// <param name="Nameplate">The nameplate.</param>
    /// <param name="Keep">How many seconds the mailbox should outlast its last touch, or null; our servers' extension, others pass it over.</param>
    public sealed record Claim(string Nameplate, int? Keep = null) : ClientMessage;

    /// <summary>Gives a nameplate back.</summary>
    /// <param name="Nameplate">The nameplate, or null for the one claimed on this connection.</param>
    public sealed record Release(string? Nameplate) : ClientMessage;

    /// <summary>Subscribes to a mailbox: what lies in it comes first, then what is added.</summary>
    /// <param name="Mailbox">The mailbox.</param>
    /// <param name="Keep">As in <see cref="Claim"/>.</param>
    /// <param name="Since">How many of the first messages to leave out, or null; our servers' extension, others pass it over.</param>
    public sealed record Open(string Mailbox, int? Keep = null, int? Since = null) : ClientMessage;

    /// <summary>Puts a message into the open mailbox.</summary>
    /// <param name="Phase">Its phase.</param>
    /// <param name="Body">Its bytes in hex.</param>
    public sealed record Add(string Phase, string Body) : ClientMessage;

    /// <summary>Ends our part of a mailbox.</summary>
    /// <param name="Mailbox">The mailbox, or null for the open one.</param>
    /// <param name="Mood">How it went, or null.</param>
    public sealed record Close(string? Mailbox, string? Mood) : ClientMessage;

    /// <summary>Asks for a <see cref="ServerMessage.Pong"/>.</summary>
    /// <param name="Value">The JSON text of any value, which comes back.</param>
    public sealed record Ping(string Value) : ClientMessage;
}
