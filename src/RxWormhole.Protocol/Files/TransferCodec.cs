using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace RxWormhole.Protocol;

/// <summary>Messages of file transfer to and from their JSON.</summary>
/// <remarks>
/// Source: file transfer, sections 5.1 to 5.5. One top-level key is written per message, because the Rust client allows nothing else; several are read, as
/// the Python client does. Unknown keys and messages are passed over. What two of ours say to each other beyond version 1 is under <c>rxwormhole</c>.
/// </remarks>
public static class TransferCodec
{
    private const string Private = "rxwormhole";

    /// <summary>Writes one message.</summary>
    public static byte[] Write(TransferMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var output = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        switch (message)
        {
            case TransferMessage.Transit transit:
                json.WritePropertyName("transit");
                transit.Message.Write(json);
                break;
            case TransferMessage.Offer offer:
                json.WriteStartObject("offer");
                Write(json, offer.Offered);
                json.WriteEndObject();
                break;
            case TransferMessage.Answer answer:
                json.WriteStartObject("answer");
                json.WriteString(answer.IsForText ? "message_ack" : "file_ack", answer.Word);
                if (answer.Part is { } part)
                    Write(json, part);
                json.WriteEndObject();
                break;
            case TransferMessage.Error error:
                json.WriteString("error", error.Text);
                break;
            case TransferMessage.Again again:
                json.WriteStartObject(Private);
                json.WriteNumber("attempt", again.Attempt);
                json.WritePropertyName("transit");
                again.Message.Write(json);
                if (again.Part is { } had)
                    Write(json, had);
                json.WriteEndObject();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(message));
        }

        json.WriteEndObject();
        json.Flush();
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Reads what a peer sent.</summary>
    /// <param name="bytes">One message of the wormhole, untrusted.</param>
    /// <param name="messages">What it says, in the order it is to be acted on: an error alone, otherwise transit before offer and answer. None where nothing is known.</param>
    /// <param name="reason">Why it makes no sense.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ImmutableArray<TransferMessage> messages, [NotNullWhen(false)] out string? reason)
    {
        messages = [];
        reason = null;
        try
        {
            var reader = new Utf8JsonReader(bytes);
            var root = JsonElement.ParseValue(ref reader);
            if (root.ValueKind != JsonValueKind.Object || reader.Read())
                reason = "a message that is not a JSON object";
            else if (root.TryGetProperty("error", out var error))
                messages = [new TransferMessage.Error(error.ValueKind == JsonValueKind.String ? error.GetString()! : error.GetRawText())];
            else
                messages = Read(root, out reason);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or text in it that is not UTF-8: the reader's two ways to say so.
            reason = "a message that is not JSON";
        }

        return reason is null;
    }

    private static void Write(Utf8JsonWriter json, TransferPart part)
    {
        json.WriteStartObject("part");
        json.WriteNumber("length", part.Length);
        json.WriteString("sha256", part.Sha256);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TransferOffer offer)
    {
        switch (offer)
        {
            case TransferOffer.Text text:
                json.WriteString("message", text.Message);
                break;
            case TransferOffer.File file:
                json.WriteStartObject("file");
                json.WriteString("filename", file.Name);
                json.WriteNumber("filesize", file.Length);
                json.WriteEndObject();
                break;
            case TransferOffer.OpenEnded stream:
                // Nobody who does not know it takes it for an empty file.
                json.WriteStartObject(Private);
                json.WriteStartObject("stream");
                json.WriteString("filename", stream.Name);
                json.WriteEndObject();
                json.WriteEndObject();
                break;
            case TransferOffer.Folder folder:
                json.WriteStartObject("directory");
                json.WriteString("mode", folder.Mode);
                json.WriteString("dirname", folder.Name);
                json.WriteNumber("zipsize", folder.ZipLength);
                json.WriteNumber("numbytes", folder.Bytes);
                json.WriteNumber("numfiles", folder.Files);
                if (!folder.Several.IsDefaultOrEmpty)
                    Write(json, folder.Several);
                json.WriteEndObject();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(offer));
        }
    }

    private static void Write(Utf8JsonWriter json, ImmutableArray<OfferedItem> several)
    {
        json.WriteStartArray(Private);
        foreach (var item in several)
        {
            json.WriteStartObject();
            json.WriteString("name", item.Name);
            if (item.IsFolder)
                json.WriteBoolean("folder", true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static ImmutableArray<TransferMessage> Read(JsonElement root, out string? reason)
    {
        reason = null;
        var messages = ImmutableArray.CreateBuilder<TransferMessage>();
        if (root.TryGetProperty("transit", out var transit))
        {
            if (!TransitMessage.TryRead(transit, out var hints, out reason))
                return [];
            messages.Add(new TransferMessage.Transit(hints));
        }

        if (root.TryGetProperty("offer", out var offer))
        {
            if (ReadOffer(offer, out reason) is not { } offered)
                return [];
            messages.Add(new TransferMessage.Offer(offered));
        }

        if (root.TryGetProperty("answer", out var answer))
        {
            if (ReadAnswer(answer, out reason) is not { } answered)
                return [];
            messages.Add(answered);
        }

        if (root.TryGetProperty(Private, out var again))
        {
            if (ReadAgain(again, out reason) is not { } agreed)
                return [];
            messages.Add(agreed);
        }

        return messages.DrainToImmutable();
    }

    private static TransferOffer? ReadOffer(JsonElement offer, out string? reason)
    {
        reason = null;
        if (offer.ValueKind != JsonValueKind.Object)
        {
            reason = "an offer that is not a JSON object";
            return null;
        }

        if (offer.TryGetProperty("message", out var message))
            return message.ValueKind == JsonValueKind.String ? new TransferOffer.Text(message.GetString()!) : Bad("an offer of a text that is none", out reason);
        if (offer.TryGetProperty("file", out var file))
        {
            return Text(file, "filename") is { } name && Size(file, "filesize") is { } length
                ? new TransferOffer.File(name, length)
                : Bad("an offer of a file without a name or a length", out reason);
        }

        if (offer.TryGetProperty("directory", out var folder))
        {
            return Text(folder, "mode") is { } mode && Text(folder, "dirname") is { } name && Size(folder, "zipsize") is { } zip
                && Size(folder, "numbytes") is { } bytes && Size(folder, "numfiles") is { } files
                ? new TransferOffer.Folder(name, zip, bytes, files) { Mode = mode, Several = ReadSeveral(folder) }
                : Bad("an offer of a folder without a name, a mode or lengths", out reason);
        }

        if (offer.TryGetProperty(Private, out var ours) && ours.ValueKind == JsonValueKind.Object && ours.TryGetProperty("stream", out var stream))
        {
            return Text(stream, "filename") is { } name
                ? new TransferOffer.OpenEnded(name)
                : Bad("an offer of a stream without a name", out reason);
        }

        return new TransferOffer.Unknown();
    }

    private static TransferMessage.Answer? ReadAnswer(JsonElement answer, out string? reason)
    {
        reason = null;
        if (Text(answer, "file_ack") is { } file)
            return new TransferMessage.Answer(IsForText: false, file, ReadPart(answer));
        if (Text(answer, "message_ack") is { } text)
            return new TransferMessage.Answer(IsForText: true, text);
        reason = "an answer to nothing";
        return null;
    }

    private static TransferMessage.Again? ReadAgain(JsonElement again, out string? reason)
    {
        reason = null;
        if (Size(again, "attempt") is { } attempt and > 0 and <= int.MaxValue && again.TryGetProperty("transit", out var transit)
            && TransitMessage.TryRead(transit, out var hints, out _))
        {
            return new TransferMessage.Again((int)attempt, hints, ReadPart(again));
        }

        reason = "a new connection without a number or hints";
        return null;
    }

    // A part that makes no sense is as good as none.
    private static TransferPart? ReadPart(JsonElement holder) =>
        holder.TryGetProperty("part", out var part) && Size(part, "length") is { } length and > 0 && Text(part, "sha256") is { } hash ? new TransferPart(length, hash) : null;

    // Names that make no sense are as good as none: what comes is one folder.
    private static ImmutableArray<OfferedItem> ReadSeveral(JsonElement folder)
    {
        if (!folder.TryGetProperty(Private, out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > TransferOffer.Folder.MaxSeveral)
            return [];
        var several = ImmutableArray.CreateBuilder<OfferedItem>(list.GetArrayLength());
        foreach (var item in list.EnumerateArray())
        {
            if (Text(item, "name") is not { } name)
                return [];
            several.Add(new OfferedItem(name, item.TryGetProperty("folder", out var isFolder) && isFolder.ValueKind == JsonValueKind.True));
        }

        return several.MoveToImmutable();
    }

    private static TransferOffer? Bad(string what, out string? reason)
    {
        reason = what;
        return null;
    }

    private static string? Text(JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static long? Size(JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number
        && number.TryGetInt64(out var size) && size >= 0 ? size : null;
}
