using System.Text.Json.Serialization;

namespace RxWormhole.Protocol;

// The JSON object of a server's message, with every key of every message; which belong to which is the codec's to know.
internal sealed class ServerFrame
{
    [JsonPropertyName("type")]
    public JsonText Type { get; set; }

    [JsonPropertyName("id")]
    public RawJson Id { get; set; }

    [JsonPropertyName("welcome")]
    public JsonWelcome Welcome { get; set; }

    [JsonPropertyName("nameplates")]
    public JsonTexts Nameplates { get; set; }

    [JsonPropertyName("nameplate")]
    public JsonText Nameplate { get; set; }

    [JsonPropertyName("mailbox")]
    public JsonText Mailbox { get; set; }

    [JsonPropertyName("side")]
    public JsonText Side { get; set; }

    [JsonPropertyName("phase")]
    public JsonText Phase { get; set; }

    [JsonPropertyName("body")]
    public JsonText Body { get; set; }

    [JsonPropertyName("pong")]
    public RawJson Pong { get; set; }

    [JsonPropertyName("error")]
    public JsonText Error { get; set; }

    [JsonPropertyName("orig")]
    public RawJson Original { get; set; }

    [JsonPropertyName("server_rx")]
    public JsonSeconds ServerRx { get; set; }

    [JsonPropertyName("server_tx")]
    public JsonSeconds ServerTx { get; set; }
}
