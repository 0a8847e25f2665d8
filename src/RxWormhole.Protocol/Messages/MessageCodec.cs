using System.Diagnostics.CodeAnalysis;

namespace RxWormhole.Protocol;

/// <summary>Messages between client and mailbox server to and from their JSON frames.</summary>
/// <remarks>
/// Source: the mailbox protocol, sections 2.1 to 2.3. Whatever a frame contains, reading gives a value or a reason and throws nothing.
/// Unknown keys are passed over; a known key of the wrong type is a fault only where the message needs it.
/// </remarks>
public static partial class MessageCodec
{
    // Of what names things: a server keeps it for a long time, and repeats it often. What a message says is its body, and may be long.
    private const int LongestText = 256;

    // What readers of JSON usually bear. An error quotes the command one level deeper, and what comes of it must not be too deep for them.
    private const int MaxDepth = 64;

    /// <summary>Reads what a server sent.</summary>
    /// <param name="frame">The frame, untrusted.</param>
    /// <param name="message">The message; <see cref="ServerMessage.Unknown"/> where its type is new to us.</param>
    /// <param name="reason">Why there is none: not a JSON object, no type, or a key missing that the type needs.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> frame,
        [NotNullWhen(true)] out ServerMessage? message,
        [NotNullWhen(false)] out string? reason)
    {
        message = null;
        if (!FrameReader.TryRead(frame, MaxDepth, out ServerFrame keys))
        {
            reason = "a frame that is not a JSON object";
            return false;
        }

        if (keys.Type.Value is not { } type)
        {
            reason = "a message without a type";
            return false;
        }

        message = Message(type, keys);
        reason = message is null ? $"a message of type '{type}' that lacks what the type needs" : null;
        return message is not null;
    }

    /// <summary>Reads what a client sent.</summary>
    /// <param name="frame">The frame, untrusted.</param>
    public static Command ReadCommand(ReadOnlySpan<byte> frame)
    {
        if (!FrameReader.TryRead(frame, MaxDepth - 1, out ClientFrame keys))
            return new Command { Fault = "a message must be a JSON object" };

        var (message, fault) = keys.Type.Value is not null ? keys.Id.Text is { Length: > LongestText } ? TooLong("id") : Command(keys) : Bad(keys.Type.IsWrong ? "'type' must be text" : "missing 'type'");
        return new Command
        {
            Type = keys.Type.Value,
            Id = keys.Id.Text is { Length: <= LongestText } id ? id : RawJson.Null,
            Message = message,
            Fault = fault,
            Original = System.Text.Encoding.UTF8.GetString(frame),
        };
    }

    private static ServerMessage? Message(string type, in ServerFrame keys) => type switch
    {
        "welcome" => keys.Welcome is { } info ? new ServerMessage.Welcome(info) : null,
        "ack" => new ServerMessage.Ack(keys.Id.Text ?? RawJson.Null),
        "nameplates" => keys.Nameplates is { } names ? new ServerMessage.Nameplates(names) : null,
        "allocated" => keys.Nameplate.Value is { } nameplate ? new ServerMessage.Allocated(nameplate) : null,
        "claimed" => keys.Mailbox.Value is { } mailbox ? new ServerMessage.Claimed(mailbox) : null,
        "released" => new ServerMessage.Released(),
        "message" => keys.Side.Value is { } side && keys.Phase.Value is { } phase && keys.Body.Value is { } body
            ? new ServerMessage.Message(side, phase, body, keys.Id.Text ?? RawJson.Null, keys.ServerRx)
            : null,
        "closed" => new ServerMessage.Closed(),
        "pong" => keys.Pong.IsMissing ? null : new ServerMessage.Pong(keys.Pong.Text!),
        "error" => keys.Error.Value is { } text ? new ServerMessage.Error(text, keys.Original.Text ?? RawJson.Null) : null,
        _ => new ServerMessage.Unknown(type),
    };

    // The texts of the faults are those of the reference server where it has any (section 2.5); it drops the connection over a wrong type.
    private static (ClientMessage? Message, string? Fault) Command(in ClientFrame keys) => keys.Type.Value switch
    {
        "submit-permissions" or "submit-permission" =>
            Need(keys.Method, "method", "submit-permissions requires 'method'")
            ?? Text(keys.Stamp, "stamp")
            ?? Good(new ClientMessage.SubmitPermissions(keys.Method.Value!, keys.Stamp.Value)),
        "bind" =>
            Need(keys.AppId, "appid", "bind requires 'appid'")
            ?? Need(keys.Side, "side", "bind requires 'side'")
            ?? Good(new ClientMessage.Bind(keys.AppId.Value!, keys.Side.Value!, Version(keys.Implementation))),
        "list" => Good(new ClientMessage.List()),
        "allocate" => Good(new ClientMessage.Allocate()),
        "claim" =>
            Need(keys.Nameplate, "nameplate", "claim requires 'nameplate'")
            ?? (WormholeCode.IsNameplate(keys.Nameplate.Value)
                ? Optional(keys.Keep, "keep") ?? Good(new ClientMessage.Claim(keys.Nameplate.Value, keys.Keep.Value))
                : Bad($"'nameplate' must be 1 to {WormholeCode.MaxNameplateLength} digits")),
        "release" => Optional(keys.Nameplate, "nameplate") ?? Good(new ClientMessage.Release(keys.Nameplate.Value)),
        "open" =>
            Need(keys.Mailbox, "mailbox", "open requires 'mailbox'")
            ?? Optional(keys.Keep, "keep")
            ?? Optional(keys.Since, "since")
            ?? Good(new ClientMessage.Open(keys.Mailbox.Value!, keys.Keep.Value, keys.Since.Value)),
        "add" =>
            Need(keys.Phase, "phase", "missing 'phase'")
            ?? (keys.Body.IsMissing ? Bad("missing 'body'") : Text(keys.Body, "body"))
            ?? Good(new ClientMessage.Add(keys.Phase.Value!, keys.Body.Value!)),
        "close" =>
            Optional(keys.Mailbox, "mailbox")
            ?? Optional(keys.Mood, "mood")
            ?? Good(new ClientMessage.Close(keys.Mailbox.Value, keys.Mood.Value)),
        "ping" => keys.Ping.IsMissing ? Bad("ping requires 'ping'") : Good(new ClientMessage.Ping(keys.Ping.Text!)),
        _ => Bad("unknown type"),
    };

    private static (ClientMessage?, string?)? Need(JsonText text, string name, string missing) =>
        text.IsMissing ? Bad(missing) : Optional(text, name);

    private static (ClientMessage?, string?)? Optional(JsonText text, string name) =>
        text.Value is { Length: > LongestText } ? TooLong(name) : Text(text, name);

    private static (ClientMessage?, string?)? Text(JsonText text, string name) => text.IsWrong ? Bad($"'{name}' must be text") : null;

    private static (ClientMessage?, string?)? Optional(JsonWhole number, string name) =>
        number.IsWrong ? Bad($"'{name}' must be a whole number that is not negative") : null;

    private static (ClientMessage?, string?) TooLong(string name) => Bad($"'{name}' must have at most {LongestText} characters");

    private static (ClientMessage?, string?) Good(ClientMessage message) => (message, null);

    private static (ClientMessage?, string?) Bad(string fault) => (null, fault);

    private static ClientVersion? Version(IReadOnlyList<string>? texts) => texts is [var name, var version, ..] ? new ClientVersion(name, version) : null;
}
