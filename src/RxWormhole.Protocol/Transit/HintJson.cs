using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace RxWormhole.Protocol;

/// <summary>Hints to and from JSON.</summary>
internal static class HintJson
{
    private const int LongestName = 255;
    private const int LongestUrl = 2000;

    // The specification has the second, the Rust client writes the first.
    private const string WebSocket = "websocket", WebSocketV1 = "websocket-v1";

    private const string Tor = "tor-tcp-v1";

    /// <summary>Reads a hint; null where it is of an unknown kind or makes no sense.</summary>
    internal static TransitHint? Read(JsonElement hint)
    {
        try
        {
            return TypeOf(hint) == TransitMessage.Relay ? Relay(hint) : Way(hint) is { } way and not WebSocketHint ? way : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair in a text or a key: the reader's way to say so.
            return null;
        }
    }

    /// <summary>The kind that a hint or an ability names; null where it names none.</summary>
    internal static string? TypeOf(JsonElement entry)
    {
        try
        {
            return Text(entry, "type", LongestName);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    internal static void Write(Utf8JsonWriter writer, TransitHint hint)
    {
        switch (hint)
        {
            case DirectHint direct:
                WriteAddress(writer, TransitMessage.DirectTcp, direct.Hostname, direct.Port, direct.Priority);
                break;
            case TorHint tor:
                WriteAddress(writer, Tor, tor.Hostname, tor.Port, tor.Priority);
                break;
            case WebSocketHint webSocket:
                // Under both names, because each reader knows one of them; who knows both has to see that it is one way.
                WriteUrl(writer, WebSocket, webSocket);
                WriteUrl(writer, WebSocketV1, webSocket);
                break;
            case RelayHint relay:
                writer.WriteStartObject();
                writer.WriteString("type", TransitMessage.Relay);
                if (relay.Name is not null)
                    writer.WriteString("name", relay.Name);
                writer.WriteStartArray("hints");
                foreach (var way in relay.Ways)
                    Write(writer, way);
                writer.WriteEndArray();
                writer.WriteEndObject();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(hint));
        }
    }

    internal static bool IsHostname(string text) =>
        text.Length is > 0 and <= LongestName && !text.Any(c => c is <= ' ' or '\x7f' or '/' or '\\' or '@' or '[' or ']' || char.IsControl(c) || char.IsWhiteSpace(c));

    internal static bool IsPort(int port) => port is > 0 and <= ushort.MaxValue;

    internal static bool TryGetUrl(string text, out Uri url)
    {
        url = null!;
        // First: Uri.TryCreate throws over some texts that begin like the path of a file.
        return text.StartsWith("ws", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(text, UriKind.Absolute, out url!)
            && url.Scheme is "ws" or "wss" && url.Host.Length > 0 && url.UserInfo.Length == 0 && url.Fragment.Length == 0;
    }

    private static RelayHint? Relay(JsonElement hint)
    {
        if (!hint.TryGetProperty("hints", out var list) || list.ValueKind != JsonValueKind.Array)
            return null;
        var ways = list.EnumerateArray().Select(Inner).OfType<TransitHint>().Distinct().Take(TransitMessage.MaxWays).ToImmutableArray();
        return ways.IsEmpty ? null : new RelayHint(ways, Text(hint, "name", LongestName));
    }

    private static TransitHint? Inner(JsonElement way)
    {
        try
        {
            return Way(way);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static TransitHint? Way(JsonElement way) => TypeOf(way) switch
    {
        TransitMessage.DirectTcp when Address(way) is var (name, port) => new DirectHint(name, port, Priority(way)),
        Tor when Address(way) is var (name, port) => new TorHint(name, port, Priority(way)),
        WebSocket or WebSocketV1 when Url(way) is { } url => new WebSocketHint(url, Priority(way)),
        _ => null,
    };

    private static (string Name, int Port)? Address(JsonElement way) =>
        Text(way, "hostname", LongestName) is { } name && IsHostname(name)
        && way.TryGetProperty("port", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var port) && IsPort(port)
            ? (name, port)
            : null;

    // A URL; or name and port alone, as in the other kinds.
    private static Uri? Url(JsonElement way)
    {
        if (Text(way, "url", LongestUrl) is { } text)
            // The other side has us ask there for a WebSocket; it need not have us ask for anything more.
            return TryGetUrl(text, out var url) && url.Query.Length == 0 ? url : null;
        return Address(way) is var (name, port) && TryGetUrl($"ws://{(name.Contains(':', StringComparison.Ordinal) ? $"[{name}]" : name)}:{port.ToString(CultureInfo.InvariantCulture)}/", out var plain)
            ? plain
            : null;
    }

    private static double Priority(JsonElement way) =>
        way.TryGetProperty("priority", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetDouble(out var priority) && double.IsFinite(priority)
            ? priority
            : 0;

    private static string? Text(JsonElement entry, string key, int longest) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String
        && value.GetString() is { } text && text.Length <= longest
            ? text
            : null;

    private static void WriteAddress(Utf8JsonWriter writer, string type, string hostname, int port, double priority)
    {
        writer.WriteStartObject();
        writer.WriteString("type", type);
        writer.WriteNumber("priority", priority);
        writer.WriteString("hostname", hostname);
        writer.WriteNumber("port", port);
        writer.WriteEndObject();
    }

    private static void WriteUrl(Utf8JsonWriter writer, string type, WebSocketHint hint)
    {
        writer.WriteStartObject();
        writer.WriteString("type", type);
        writer.WriteNumber("priority", hint.Priority);
        writer.WriteString("url", hint.Url.AbsoluteUri);
        writer.WriteEndObject();
    }
}
