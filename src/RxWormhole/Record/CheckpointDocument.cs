using System.Text.Json;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>Session records to and from their JSON documents. Reading takes the document for hostile.</summary>
internal static class CheckpointDocument
{
    internal const int FormatVersion = 1;

    private const int MostText = 1000;

    internal static string Write(SessionRecord record) => JsonSerializer.Serialize(
        new CheckpointFrame
        {
            FormatVersion = FormatVersion,
            AppId = record.AppId,
            Server = record.Server.AbsoluteUri,
            Started = record.Started,
            LimitSeconds = record.Limit?.TotalSeconds,
            Side = record.Side,
            Scalar = Convert.ToHexStringLower(record.Scalar.Span),
            Words = record.Words,
            Nameplate = record.Nameplate,
            Code = record.Code,
            IsHeld = record.IsHeld,
            IsReleased = record.IsReleased,
            Mailbox = record.Mailbox,
            Stray = record.Stray,
            IsPeerThere = record.IsPeerThere,
            PeerSide = record.PeerSide,
            PeerPake = record.PeerSide is null ? null : record.PeerPake.ToArray(),
            IsConfirmed = record.IsConfirmed,
            Own = [.. record.Own.Select(own => new CheckpointFrame.OwnFrame
            {
                Phase = own.Phase, Bytes = own.Bytes.ToArray(), IsSealed = own.IsSealed, IsOffered = own.IsOffered, IsEchoed = own.IsEchoed,
            })],
            Delivered = record.Delivered,
            HasTransit = record.HasTransit,
            Mood = record.Mood?.ToWire(),
            IsClosed = record.IsClosed,
            IsEnded = record.IsEnded,
        },
        CheckpointJson.Default.CheckpointFrame);

    /// <exception cref="FormatException">The document is not what we would have written.</exception>
    internal static SessionRecord Read(string json)
    {
        CheckpointFrame? frame;
        try
        {
            frame = JsonSerializer.Deserialize(json, CheckpointJson.Default.CheckpointFrame);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            // An argument error stands for half a surrogate pair. The inner exception would quote the document, which is a secret.
            throw new FormatException("This is not a checkpoint: it is not the JSON object that a checkpoint is.");
        }

        Require(frame is not null, "it is not an object");
        Require(frame!.FormatVersion == FormatVersion, $"its version is not {FormatVersion}; another version of this library wrote it");
        Check(frame);
        var own = frame.Own.Select(each => new OwnPhase(each.Phase, each.Bytes, each.IsSealed, each.IsOffered, each.IsEchoed)).ToArray();
        return new SessionRecord
        {
            AppId = frame.AppId,
            Server = new Uri(frame.Server),
            Started = frame.Started,
            Limit = frame.LimitSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Side = frame.Side,
            Scalar = Scalar(frame.Scalar, frame.IsEnded),
            Words = frame.Words,
            Nameplate = frame.Nameplate,
            Code = frame.Code,
            IsHeld = frame.IsHeld,
            IsReleased = frame.IsReleased,
            Mailbox = frame.Mailbox,
            Stray = frame.Stray,
            IsPeerThere = frame.IsPeerThere,
            PeerSide = frame.PeerSide,
            PeerPake = frame.PeerPake ?? [],
            IsConfirmed = frame.IsConfirmed,
            Pake = own.SingleOrDefault(each => each.Phase == Phase.Pake),
            Version = own.SingleOrDefault(each => each.Phase == Phase.Version),
            Messages = [.. own.Where(each => Phase.IsNumeric(each.Phase))],
            Delivered = frame.Delivered,
            HasTransit = frame.HasTransit,
            Mood = MoodText.TryParse(frame.Mood, out var mood) ? mood : null,
            IsClosed = frame.IsClosed,
            IsEnded = frame.IsEnded,
        };
    }

    private static void Check(CheckpointFrame frame)
    {
        Require(IsText(frame.AppId), "its application id is empty or too long");
        // The scheme first: Uri.TryCreate throws over some texts that begin like the path of a file.
        Require(frame.Server?.StartsWith("ws", StringComparison.OrdinalIgnoreCase) == true && Uri.TryCreate(frame.Server, UriKind.Absolute, out var server) && server.Scheme is "ws" or "wss", "its server is not a ws:// or wss:// address");
        Require(frame.LimitSeconds is null or (> 0 and < 50 * 24 * 3600), "its time limit is out of range");
        Require(IsText(frame.Side) && System.Text.Ascii.IsValid(frame.Side), "its side is not ASCII text");
        Require(frame.Nameplate is null || WormholeCode.IsNameplate(frame.Nameplate), "its nameplate is not a number");
        Require(frame.Words is null || WormholeCode.AreWords(frame.Words), "its words cannot stand in a code");
        Require(
            frame.Code is null || (WormholeCode.TryParse(frame.Code, out var nameplate, out _) && nameplate == frame.Nameplate),
            "its code does not fit its nameplate");
        Require(
            frame.Words is null || frame.Code == (frame.Nameplate is null ? null : WormholeCode.Join(frame.Nameplate, frame.Words)),
            "its words are not those of its code");
        Require(frame.Mailbox is null || IsText(frame.Mailbox), "its mailbox is empty or too long");
        Require(frame.Mailbox is null || frame.Nameplate is not null, "it has a mailbox without a nameplate");
        Require(frame.Stray is null || IsText(frame.Stray), "its stray mailbox is empty or too long");
        Require((frame.PeerSide is null) == (frame.PeerPake is null), "the other side is half there");
        Require(frame.PeerSide is null || (IsText(frame.PeerSide) && frame.PeerSide != frame.Side && frame.IsPeerThere), "the other side is not one");
        Require(!frame.IsConfirmed || (frame.PeerSide is not null && frame.Code is not null), "it is confirmed without a code or another side");
        Require(frame.Delivered >= 0, "it has delivered less than nothing");
        Require(frame.Delivered == 0 || frame.IsConfirmed, "it has delivered messages that nobody could read");
        Require(frame.Mood is null || MoodText.TryParse(frame.Mood, out _), "its mood is not one");
        Require(frame.Own is not null, "it has no list of its own messages");
        var own = frame.Own!;
        CheckOwn(own);
        var hasKey = own.Exists(each => each.Phase == Phase.Version);
        Require(frame.Code is not null || own.TrueForAll(each => Phase.IsNumeric(each.Phase)), "it has a key exchange without a code");
        Require(!hasKey || frame.PeerSide is not null, "it has a key without another side");
        Require(!frame.IsConfirmed || hasKey, "it is confirmed without a key");
        Require(frame.IsConfirmed || own.TrueForAll(each => !each.IsSealed || !Phase.IsNumeric(each.Phase)), "it has sealed messages before it is confirmed");
    }

    private static void CheckOwn(List<CheckpointFrame.OwnFrame> own)
    {
        var expected = own.Where(each => !Phase.IsNumeric(each?.Phase ?? "")).Select(each => each?.Phase).ToArray();
        Require(expected is [] or [Phase.Pake] or [Phase.Pake, Phase.Version], "its own messages do not begin as they should");
        for (var i = 0; i < own.Count; i++)
        {
            var phase = i < expected.Length ? expected[i] : Phase.Of(i - expected.Length);
            Require(own[i].Phase == phase, "its own messages are not in order");
            Require(own[i].Bytes is not null, "one of its own messages has no content");
            Require(own[i].IsSealed || (!own[i].IsOffered && Phase.IsNumeric(own[i].Phase)), "it offered a message that was not sealed");
            Require(own[i].IsOffered || !own[i].IsEchoed, "the server has a message that was never offered");
            Require(i == 0 || own[i - 1].IsSealed || !own[i].IsSealed, "its own messages are not sealed in order");
        }
    }

    // That of a session that ended may be zeroed already.
    private static SecretBytes Scalar(string? hex, bool isEnded)
    {
        var bytes = new byte[32];
        Require(
            hex is { Length: 64 } && Convert.FromHexString(hex, bytes, out _, out _) == System.Buffers.OperationStatus.Done
            && (isEnded || bytes.AsSpan().IndexOfAnyExcept((byte)0) >= 0),
            "its secret is not 32 bytes");
        var scalar = new SecretBytes(bytes);
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(bytes);
        return scalar;
    }

    /// <summary>Whether a text of the server can stand in a checkpoint.</summary>
    internal static bool IsText(string? text) => text is { Length: > 0 and <= MostText };

    private static void Require(bool condition, string what)
    {
        if (!condition)
            throw new FormatException($"This is not a checkpoint that can be restored: {what}.");
    }
}
