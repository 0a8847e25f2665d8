namespace RxWormhole.Protocol;

/// <summary>What a server remembers of one connection: the order in which a client may say things, and the answer when it does not keep to it.</summary>
/// <remarks>
/// Source: the mailbox protocol, sections 2.3 to 2.5. The answers are those of the reference server; where that one drops the connection over
/// malformed input, this one answers <c>error</c> and the connection lives.
/// </remarks>
public sealed record ConnectionState
{
    /// <summary>The permission this server requires, or null. Without one, permissions are as unknown as they are to the reference server.</summary>
    public PermissionRequired? Permission { get; init; }

    /// <summary>The application the connection is bound to, or null before <c>bind</c>.</summary>
    public string? AppId { get; private init; }

    /// <summary>The side the connection is bound to, or null before <c>bind</c>.</summary>
    public string? Side { get; private init; }

    /// <summary>The mailbox the connection is subscribed to, or null.</summary>
    public string? Subscription { get; private init; }

    private bool IsPermitted { get; init; }

    private bool HasAllocated { get; init; }

    private string? Claimed { get; init; }

    private bool HasReleased { get; init; }

    private string? Opened { get; init; }

    private bool HasClosed { get; init; }

    /// <summary>Decides about one frame.</summary>
    public ConnectionStep On(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (command.Type is null)
            return new ConnectionStep(this, [new ServerMessage.Error(command.Fault!, command.Original)]);

        var step = Decide(command);
        return step with { Replies = step.Replies.Insert(0, new ServerMessage.Ack(command.Id)) };
    }

    /// <summary>Takes the result of an operation.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="refusal">The text of the refusal, or null where it was carried out.</param>
    public ConnectionState Completed(Operation operation, string? refusal) => (operation, refusal) switch
    {
        (Operation.Allocate, null) => this with { HasAllocated = true },
        (Operation.Open open, null) => this with { Subscription = open.Mailbox },
        (Operation.Close, null) => this with { Subscription = null, HasClosed = true },
        _ => this,
    };

    private ConnectionStep Decide(Command command) => (command.Type, command.Message) switch
    {
        ("ping", ClientMessage.Ping ping) => Reply(new ServerMessage.Pong(ping.Value)),
        ("ping", _) => Fail(command, command.Fault!),
        ("submit-permissions" or "submit-permission", _) when Permission is not null && AppId is null => Submit(command),
        ("bind", _) when AppId is not null => Fail(command, "already bound"),
        ("bind", ClientMessage.Bind) when Permission is { None: false } && !IsPermitted =>
            Fail(command, "this server requires a permission before bind") with { HangUp = true },
        ("bind", ClientMessage.Bind bind) => new ConnectionStep(this with { AppId = bind.AppId, Side = bind.Side }, []),
        ("bind", _) => Fail(command, command.Fault!),
        _ when AppId is null => Fail(command, "must bind first"),
        ("submit-permissions" or "submit-permission", _) => Fail(command, "unknown type"),
        ("open", _) when Subscription is not null => Fail(command, "only one open per connection"),
        ("add", _) when Subscription is null => Fail(command, "must open mailbox before adding"),
        (_, null) => Fail(command, command.Fault!),
        (_, var message) => Decide(command, message),
    };

    private ConnectionStep Decide(Command command, ClientMessage message) => message switch
    {
        ClientMessage.List => Do(new Operation.List()),
        ClientMessage.Allocate when HasAllocated => Fail(command, "you already allocated one, don't be greedy"),
        ClientMessage.Allocate => Do(new Operation.Allocate()),
        ClientMessage.Claim when Claimed is not null => Fail(command, "only one claim per connection"),
        ClientMessage.Claim claim =>
            Do(new Operation.Claim(claim.Nameplate, claim.Keep)) with { Next = this with { Claimed = claim.Nameplate } },
        ClientMessage.Release when HasReleased => Fail(command, "only one release per connection"),
        ClientMessage.Release { Nameplate: null } when Claimed is null => Fail(command, "release without nameplate must follow claim"),
        ClientMessage.Release { Nameplate: { } name } when Claimed is not null && name != Claimed =>
            Fail(command, "release and claim must use same nameplate"),
        ClientMessage.Release release =>
            Do(new Operation.Release(release.Nameplate ?? Claimed!)) with { Next = this with { HasReleased = true } },
        ClientMessage.Open open => Do(new Operation.Open(open.Mailbox, open.Keep, open.Since ?? 0)) with { Next = this with { Opened = open.Mailbox } },
        ClientMessage.Add add => Do(new Operation.Add(Subscription!, add.Phase, add.Body, command.Id)),
        ClientMessage.Close when HasClosed => Fail(command, "only one close per connection"),
        ClientMessage.Close { Mailbox: null } when Opened is null => Fail(command, "close without mailbox must follow open"),
        ClientMessage.Close { Mailbox: { } mailbox } when Opened is not null && mailbox != Opened =>
            Fail(command, "open and close must use same mailbox"),
        ClientMessage.Close close => Do(new Operation.Close(close.Mailbox ?? Opened!, close.Mood)),
        _ => Fail(command, "unknown type"),
    };

    private ConnectionStep Submit(Command command) => command.Message switch
    {
        ClientMessage.SubmitPermissions { Method: "none" } when Permission!.None => new ConnectionStep(this, []),
        ClientMessage.SubmitPermissions { Method: "hashcash" } submitted when Permission!.Hashcash is { } request =>
            Hashcash.Check(submitted.Stamp, request.Bits, request.Resource, anyDate: true)
                ? new ConnectionStep(this with { IsPermitted = true }, [])
                : Fail(command, "this stamp is not good"),
        ClientMessage.SubmitPermissions => Fail(command, "this server does not take that permission"),
        _ => Fail(command, command.Fault!),
    };

    private ConnectionStep Do(Operation operation) => new(this, [], operation);

    private ConnectionStep Reply(ServerMessage reply) => new(this, [reply]);

    private ConnectionStep Fail(Command command, string text) => Reply(new ServerMessage.Error(text, command.Original));
}
