using System.Text.Json;
using RxWormhole.Protocol;

namespace RxWormhole;

// What the server says, and what it means for the session. No clock, no link: a table.
internal sealed partial record SessionRecord
{
    /// <summary>Takes a message of the server.</summary>
    internal RecordStep On(ServerMessage message) => message switch
    {
        ServerMessage.Allocated allocated => On(allocated),
        ServerMessage.Claimed claimed => On(claimed),
        ServerMessage.Released => new RecordStep(this with { IsReleased = true }),
        ServerMessage.Closed => new RecordStep(Stray is null ? this with { IsClosed = true } : this with { Stray = null }),
        ServerMessage.Message own when own.Side == Side => OnOwn(own),
        ServerMessage.Message theirs => OnTheirs(theirs),
        ServerMessage.Error error => On(error),
        _ => new RecordStep(this),
    };

    private RecordStep On(ServerMessage.Allocated allocated)
    {
        if (Words is null || Nameplate is not null)
            return Nonsense("a nameplate that nobody asked for");
        if (!WormholeCode.IsNameplate(allocated.Nameplate))
            return Nonsense("a nameplate that is not a number");
        return new RecordStep(this with
        {
            Nameplate = allocated.Nameplate,
            Code = WormholeCode.Join(allocated.Nameplate, Words),
            IsHeld = true,
        });
    }

    private RecordStep On(ServerMessage.Claimed claimed)
    {
        if (!CheckpointDocument.IsText(claimed.Mailbox))
            return Nonsense("a mailbox whose name is empty or too long");
        if (Mailbox is null && Nameplate is not null)
            return new RecordStep(this with { Mailbox = claimed.Mailbox });
        return claimed.Mailbox == Mailbox ? new RecordStep(this) : Nonsense("a mailbox that nobody asked for");
    }

    // The server plays back what it has: the proof that it has it. Ours with a body we never sent, or a phase we do not know, was
    // added by somebody who continued this session from a later checkpoint.
    private RecordStep OnOwn(ServerMessage.Message echo)
    {
        if (Find(echo.Phase) is not { IsSealed: true } own || !IsHexOf(echo.Body, own.Bytes.Span))
            return new RecordStep(this, Fault: new StaleCheckpointException());
        return own.IsEchoed
            ? new RecordStep(this)
            : new RecordStep(With(own with { IsOffered = true, IsEchoed = true }), Echoed: own.Phase);
    }

    private RecordStep OnTheirs(ServerMessage.Message message)
    {
        if (!TryDecode(message.Body, out var body))
            return Nonsense("a message whose body is not hex");
        if (!CheckpointDocument.IsText(message.Side))
            return Nonsense("a message of a side whose name is empty or too long");

        var record = IsPeerThere ? this : this with { IsPeerThere = true };
        if (message.Phase == Phase.Pake)
        {
            if (PeerSide is null)
                record = record with { PeerSide = message.Side, PeerPake = body };
            else if (PeerSide == message.Side && !PeerPake.Span.SequenceEqual(body.Span))
                return new RecordStep(record, Fault: new WrongCodeException("it began a second key exchange"));
        }

        return new RecordStep(record, Peer: new PeerMessage(message.Side, message.Phase, body));
    }

    // While closing, an error in place of the answer must not make us wait for the answer.
    private RecordStep On(ServerMessage.Error error)
    {
        var command = CommandOf(error);
        if (Mood is not null)
        {
            return new RecordStep(command switch
            {
                "release" => this with { IsReleased = true },
                "close" => this with { IsClosed = true, Stray = null },
                _ => this,
            });
        }

        return new RecordStep(this, Fault: error.Text switch
        {
            "crowded" => new ServerException(
                ServerFault.Crowded,
                $"Nameplate {Nameplate} is in use by two others already. Perhaps the code was used before, or mistyped: agree on a new one.",
                Protocol.Mood.Errory),
            "reclaimed" => new ServerException(
                ServerFault.Forgotten,
                $"The server remembers that we gave nameplate {Nameplate} back, but not its mailbox. Agree on a new code.",
                Protocol.Mood.Errory),
            var text => new ServerException(ServerFault.Refused, $"The server reported an error: {Printable.Of(text)}", Protocol.Mood.Errory),
        });
    }

    private RecordStep Nonsense(string what) => Mood is not null
        ? new RecordStep(this)
        : new RecordStep(this, Fault: new ServerException(ServerFault.Protocol, $"The server sent {what}.", Protocol.Mood.Errory));

    // What lies in the mailbox is compared at every poll.
    private static bool IsHexOf(string hex, ReadOnlySpan<byte> bytes)
    {
        Span<byte> buffer = stackalloc byte[256];
        if (hex.Length != 2 * bytes.Length)
            return false;
        for (var at = 0; at < bytes.Length; at += buffer.Length)
        {
            var part = bytes[at..Math.Min(at + buffer.Length, bytes.Length)];
            if (Convert.FromHexString(hex.AsSpan(2 * at, 2 * part.Length), buffer, out _, out _) != System.Buffers.OperationStatus.Done || !buffer[..part.Length].SequenceEqual(part))
                return false;
        }

        return true;
    }

    private static bool TryDecode(string hex, out ReadOnlyMemory<byte> bytes)
    {
        var buffer = new byte[hex.Length / 2];
        bytes = buffer;
        return hex.Length % 2 == 0 && Convert.FromHexString(hex, buffer, out _, out _) == System.Buffers.OperationStatus.Done;
    }

    internal static string? CommandOf(ServerMessage.Error error)
    {
        try
        {
            using var original = JsonDocument.Parse(error.Original);
            return original.RootElement.ValueKind == JsonValueKind.Object &&
                   original.RootElement.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
                ? type.GetString()
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
