using System.Text.Json.Serialization;

namespace RxWormhole.Protocol;

// The JSON object of a client's command, with every key of every command; which belong to which is the codec's to know.
internal sealed class ClientFrame
{
    [JsonPropertyName("type")]
    public JsonText Type { get; set; }

    [JsonPropertyName("id")]
    public RawJson Id { get; set; }

    [JsonPropertyName("appid")]
    public JsonText AppId { get; set; }

    [JsonPropertyName("side")]
    public JsonText Side { get; set; }

    [JsonPropertyName("client_version")]
    public JsonTexts Implementation { get; set; }

    [JsonPropertyName("nameplate")]
    public JsonText Nameplate { get; set; }

    [JsonPropertyName("mailbox")]
    public JsonText Mailbox { get; set; }

    [JsonPropertyName("keep")]
    public JsonWhole Keep { get; set; }

    [JsonPropertyName("since")]
    public JsonWhole Since { get; set; }

    [JsonPropertyName("phase")]
    public JsonText Phase { get; set; }

    [JsonPropertyName("body")]
    public JsonText Body { get; set; }

    [JsonPropertyName("mood")]
    public JsonText Mood { get; set; }

    [JsonPropertyName("ping")]
    public RawJson Ping { get; set; }

    [JsonPropertyName("method")]
    public JsonText Method { get; set; }

    [JsonPropertyName("stamp")]
    public JsonText Stamp { get; set; }
}
