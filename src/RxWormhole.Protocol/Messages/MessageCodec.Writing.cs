using System.Buffers;

namespace RxWormhole.Protocol;

// Keys that are null are left out; their order is that of the fields in what reads them.
public static partial class MessageCodec
{
    /// <summary>Writes a client's command.</summary>
    public static byte[] Write(ClientMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var frame = new FrameWriter(Type(message));
        if (message.Id is not null)
            frame.Raw("id"u8, RawJson.OfText(message.Id));
        switch (message)
        {
            case ClientMessage.SubmitPermissions m:
                frame.Text("method"u8, m.Method);
                frame.Text("stamp"u8, m.Stamp);
                break;
            case ClientMessage.Bind m:
                frame.Text("appid"u8, m.AppId);
                frame.Text("side"u8, m.Side);
                if (m.Implementation is { } client)
                    frame.Texts("client_version"u8, client.Name, client.Version);
                break;
            case ClientMessage.Claim m:
                frame.Text("nameplate"u8, m.Nameplate);
                frame.Whole("keep"u8, m.Keep);
                break;
            case ClientMessage.Release m:
                frame.Text("nameplate"u8, m.Nameplate);
                break;
            case ClientMessage.Open m:
                frame.Text("mailbox"u8, m.Mailbox);
                frame.Whole("keep"u8, m.Keep);
                frame.Whole("since"u8, m.Since);
                break;
            case ClientMessage.Add m:
                frame.Text("phase"u8, m.Phase);
                frame.Text("body"u8, m.Body);
                break;
            case ClientMessage.Close m:
                frame.Text("mailbox"u8, m.Mailbox);
                frame.Text("mood"u8, m.Mood);
                break;
            case ClientMessage.Ping m:
                frame.Raw("ping"u8, m.Value);
                break;
        }

        return frame.End();
    }

    /// <summary>Writes a server's message.</summary>
    public static byte[] Write(ServerMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Frame(message, message.ServerTx).End();
    }

    /// <summary>Writes a server's message behind what was written before.</summary>
    /// <param name="message">The message.</param>
    /// <param name="serverTx">When it is sent, in seconds since 1970.</param>
    /// <param name="output">Where to.</param>
    public static void Write(ServerMessage message, double serverTx, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(message);
        Frame(message, serverTx).End(output);
    }

    private static FrameWriter Frame(ServerMessage message, double? serverTx)
    {
        var frame = new FrameWriter(Type(message));
        switch (message)
        {
            case ServerMessage.Welcome m:
                frame.Checked("welcome"u8, m.Info.Json);
                break;
            case ServerMessage.Ack m:
                frame.Raw("id"u8, m.Id);
                break;
            case ServerMessage.Nameplates m:
                frame.Ids("nameplates"u8, m.Names);
                break;
            case ServerMessage.Allocated m:
                frame.Text("nameplate"u8, m.Nameplate);
                break;
            case ServerMessage.Claimed m:
                frame.Text("mailbox"u8, m.Mailbox);
                break;
            case ServerMessage.Message m:
                frame.Raw("id"u8, m.Id);
                frame.Text("side"u8, m.Side);
                frame.Text("phase"u8, m.Phase);
                frame.Text("body"u8, m.Body);
                frame.Seconds("server_rx"u8, m.ServerRx);
                break;
            case ServerMessage.Pong m:
                frame.Raw("pong"u8, m.Value);
                break;
            case ServerMessage.Error m:
                frame.Text("error"u8, m.Text);
                frame.Raw("orig"u8, m.Original);
                break;
        }

        frame.Seconds("server_tx"u8, serverTx);
        return frame;
    }

    private static string Type(ClientMessage message) => message switch
    {
        ClientMessage.SubmitPermissions => "submit-permissions",
        ClientMessage.Bind => "bind",
        ClientMessage.List => "list",
        ClientMessage.Allocate => "allocate",
        ClientMessage.Claim => "claim",
        ClientMessage.Release => "release",
        ClientMessage.Open => "open",
        ClientMessage.Add => "add",
        ClientMessage.Close => "close",
        ClientMessage.Ping => "ping",
        _ => throw new ArgumentOutOfRangeException(nameof(message)),
    };

    private static string Type(ServerMessage message) => message switch
    {
        ServerMessage.Welcome => "welcome",
        ServerMessage.Ack => "ack",
        ServerMessage.Nameplates => "nameplates",
        ServerMessage.Allocated => "allocated",
        ServerMessage.Claimed => "claimed",
        ServerMessage.Released => "released",
        ServerMessage.Message => "message",
        ServerMessage.Closed => "closed",
        ServerMessage.Pong => "pong",
        ServerMessage.Error => "error",
        ServerMessage.Unknown m => m.Type,
        _ => throw new ArgumentOutOfRangeException(nameof(message)),
    };
}
