using System.Text.Json.Serialization;

namespace RxWormhole.Protocol;

[JsonSerializable(typeof(ClientFrame))]
[JsonSerializable(typeof(ServerFrame))]
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
internal sealed partial class FrameJson : JsonSerializerContext;
