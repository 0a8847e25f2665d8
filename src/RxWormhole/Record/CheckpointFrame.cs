using System.Text.Json.Serialization;

namespace RxWormhole;

// The JSON form of a session record. Its meaning is checked by CheckpointDocument.
internal sealed class CheckpointFrame
{
    [JsonRequired, JsonPropertyName("rxwormhole")]
    public int FormatVersion { get; set; }

    [JsonRequired, JsonPropertyName("appid")]
    public string AppId { get; set; } = "";

    [JsonRequired, JsonPropertyName("server")]
    public string Server { get; set; } = "";

    // Written also where it is the default: a virtual clock may begin there.
    [JsonRequired, JsonPropertyName("started"), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public DateTimeOffset Started { get; set; }

    [JsonPropertyName("limit")]
    public double? LimitSeconds { get; set; }

    [JsonRequired, JsonPropertyName("side")]
    public string Side { get; set; } = "";

    [JsonRequired, JsonPropertyName("scalar")]
    public string Scalar { get; set; } = "";

    [JsonPropertyName("words")]
    public string? Words { get; set; }

    [JsonPropertyName("nameplate")]
    public string? Nameplate { get; set; }

    [JsonPropertyName("code")]
    public string? Code { get; set; }

    [JsonPropertyName("held")]
    public bool IsHeld { get; set; }

    [JsonPropertyName("released")]
    public bool IsReleased { get; set; }

    [JsonPropertyName("mailbox")]
    public string? Mailbox { get; set; }

    [JsonPropertyName("stray")]
    public string? Stray { get; set; }

    [JsonPropertyName("peer")]
    public bool IsPeerThere { get; set; }

    [JsonPropertyName("peer-side")]
    public string? PeerSide { get; set; }

    [JsonPropertyName("peer-pake")]
    public byte[]? PeerPake { get; set; }

    [JsonPropertyName("confirmed")]
    public bool IsConfirmed { get; set; }

    [JsonPropertyName("own")]
    public List<OwnFrame> Own { get; set; } = [];

    [JsonPropertyName("delivered")]
    public int Delivered { get; set; }

    [JsonPropertyName("transit")]
    public bool HasTransit { get; set; }

    [JsonPropertyName("mood")]
    public string? Mood { get; set; }

    [JsonPropertyName("closed")]
    public bool IsClosed { get; set; }

    [JsonPropertyName("ended")]
    public bool IsEnded { get; set; }

    internal sealed class OwnFrame
    {
        [JsonRequired, JsonPropertyName("phase")]
        public string Phase { get; set; } = "";

        [JsonRequired, JsonPropertyName("bytes")]
        public byte[] Bytes { get; set; } = [];

        [JsonPropertyName("sealed")]
        public bool IsSealed { get; set; }

        [JsonPropertyName("offered")]
        public bool IsOffered { get; set; }

        [JsonPropertyName("echoed")]
        public bool IsEchoed { get; set; }
    }
}

[JsonSerializable(typeof(CheckpointFrame))]
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
internal sealed partial class CheckpointJson : JsonSerializerContext;
