using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace RxWormhole.Protocol;

/// <summary>What the sides tell each other about where they can be reached: <c>{"abilities-v1": […], "hints-v1": […]}</c>.</summary>
/// <remarks>
/// Source: transit, section 4.2. A side that says nothing about one of the two has none. What is of an unknown kind, or makes no sense, is passed over;
/// of more than <see cref="MaxHints"/> hints, or <see cref="MaxWays"/> ways to one relay, the first count.
/// </remarks>
/// <param name="Abilities">The names of the kinds of connection the side can make, for instance <c>direct-tcp-v1</c> and <c>relay-v1</c>.</param>
/// <param name="Hints">Where the side can be reached.</param>
public sealed record TransitMessage(ImmutableArray<string> Abilities, ImmutableArray<TransitHint> Hints)
{
    /// <summary>The most hints that are taken from a message.</summary>
    public const int MaxHints = 200;

    /// <summary>The most ways to one relay that are taken from a message.</summary>
    public const int MaxWays = 8;

    /// <summary>The ability to connect to an address of the other side.</summary>
    public const string DirectTcp = "direct-tcp-v1";

    /// <summary>The ability to connect to a relay.</summary>
    public const string Relay = "relay-v1";

    private const int MaxAbilities = 100;

    private const string AbilitiesKey = "abilities-v1";

    private const string HintsKey = "hints-v1";

    /// <summary>Reads a message.</summary>
    /// <param name="transit">What stands under the key <c>transit</c>. Untrusted.</param>
    /// <param name="message">The message.</param>
    /// <param name="reason">Why it is none.</param>
    public static bool TryRead(JsonElement transit, [NotNullWhen(true)] out TransitMessage? message, [NotNullWhen(false)] out string? reason)
    {
        message = null;
        if (transit.ValueKind != JsonValueKind.Object)
        {
            reason = "'transit' must be an object";
            return false;
        }

        if ((reason = Problem(transit, AbilitiesKey, out var abilities)) is not null || (reason = Problem(transit, HintsKey, out var hints)) is not null)
            return false;
        message = new TransitMessage(
            [.. abilities.Take(MaxAbilities).Select(HintJson.TypeOf).OfType<string>()],
            [.. hints.Select(HintJson.Read).OfType<TransitHint>().Take(MaxHints)]);
        return true;
    }

    /// <summary>Writes the message.</summary>
    /// <param name="writer">Where to; a value is expected there.</param>
    public void Write(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteStartArray(AbilitiesKey);
        foreach (var ability in Abilities)
        {
            writer.WriteStartObject();
            writer.WriteString("type", ability);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray(HintsKey);
        foreach (var hint in Hints)
            HintJson.Write(writer, hint);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public bool Equals(TransitMessage? other) =>
        other is not null && Abilities.AsSpan().SequenceEqual(other.Abilities.AsSpan()) && Hints.AsSpan().SequenceEqual(other.Hints.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Abilities.Length, Hints.Length);

    private static string? Problem(JsonElement transit, string key, out IEnumerable<JsonElement> list)
    {
        list = [];
        try
        {
            if (!transit.TryGetProperty(key, out var value))
                return null;
            if (value.ValueKind == JsonValueKind.Array)
            {
                list = value.EnumerateArray();
                return null;
            }
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair in a name: the reader's way to say so.
        }

        return $"'{key}' must be a list";
    }
}
