using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace RxWormhole.Protocol;

/// <summary>What an application tells its counterpart about itself at the beginning: any JSON object, for instance which features it has.</summary>
/// <remarks>Source: key exchange, section 3.7, phase <c>version</c>.</remarks>
public sealed class AppVersions : IEquatable<AppVersions>
{
    private readonly JsonElement element;

    internal AppVersions(JsonElement element) => this.element = element;

    /// <summary>The empty object, which is what a peer means that says nothing.</summary>
    public static AppVersions None { get; } = Parse("{}");

    /// <summary>The JSON text of the object, as it was written.</summary>
    public string Json => element.GetRawText();

    /// <summary>Takes the text of a JSON object.</summary>
    /// <exception cref="ArgumentException">The text is not a JSON object, or not Unicode.</exception>
    public static AppVersions Parse([StringSyntax(StringSyntaxAttribute.Json)] string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            if (From(document.RootElement) is { } versions)
                return versions;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or half a surrogate pair in it.
            throw new ArgumentException("The application's versions are a JSON object.", nameof(json), exception);
        }

        throw new ArgumentException("The application's versions are a JSON object.", nameof(json));
    }

    /// <summary>Takes a JSON object; null where it is something else.</summary>
    /// <exception cref="InvalidOperationException">A name or text in it is not Unicode. Found now, or else by whoever asks for it.</exception>
    internal static AppVersions? From(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return null;
        CheckText(element);
        return new AppVersions(element.Clone());
    }

    private static void CheckText(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
            _ = element.GetString();
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
                CheckText(item);
        }

        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
            {
                _ = property.Name;
                CheckText(property.Value);
            }
        }
    }

    /// <summary>Looks up one key of the object.</summary>
    public bool TryGet(string name, out JsonElement value) => element.TryGetProperty(name, out value);

    /// <inheritdoc/>
    public bool Equals(AppVersions? other) => other is not null && JsonElement.DeepEquals(element, other.element);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AppVersions);

    /// <inheritdoc/>
    public override int GetHashCode() => element.GetPropertyCount();

    /// <summary>The JSON text.</summary>
    public override string ToString() => Json;
}
