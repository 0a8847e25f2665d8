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
    /// <exception cref="ArgumentException">The text is not a JSON object.</exception>
    public static AppVersions Parse([StringSyntax(StringSyntaxAttribute.Json)] string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return new AppVersions(document.RootElement.Clone());
        }
        catch (JsonException exception)
        {
            throw new ArgumentException("The application's versions are a JSON object.", nameof(json), exception);
        }

        throw new ArgumentException("The application's versions are a JSON object.", nameof(json));
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
