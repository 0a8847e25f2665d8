using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using RxWormhole.Protocol;

namespace RxWormhole.Server;

/// <summary>The sides of nameplates and mailboxes as text for a database.</summary>
[JsonSerializable(typeof(ImmutableArray<NameplateSide>))]
[JsonSerializable(typeof(ImmutableArray<MailboxSide>))]
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class SidesJson : JsonSerializerContext
{
    internal static string Write(ImmutableArray<NameplateSide> sides) => JsonSerializer.Serialize(sides, Default.ImmutableArrayNameplateSide);

    internal static string Write(ImmutableArray<MailboxSide> sides) => JsonSerializer.Serialize(sides, Default.ImmutableArrayMailboxSide);

    internal static ImmutableArray<NameplateSide> OfNameplate(string text) => JsonSerializer.Deserialize(text, Default.ImmutableArrayNameplateSide);

    internal static ImmutableArray<MailboxSide> OfMailbox(string text) => JsonSerializer.Deserialize(text, Default.ImmutableArrayMailboxSide);
}
