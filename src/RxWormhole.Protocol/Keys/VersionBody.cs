using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace RxWormhole.Protocol;

/// <summary>The plaintext of the phase <c>version</c>: <c>{"app_versions": {…}}</c>, the first message that proves the key.</summary>
/// <remarks>Source: key exchange, section 3.7.</remarks>
public static class VersionBody
{
    /// <summary>Writes the plaintext.</summary>
    public static byte[] Write(AppVersions versions)
    {
        ArgumentNullException.ThrowIfNull(versions);
        return Encoding.UTF8.GetBytes($$"""{"app_versions": {{versions.Json}}}""");
    }

    /// <summary>Reads the peer's plaintext. Keys of other layers are passed over; a missing <c>app_versions</c> means an empty object.</summary>
    /// <returns>False where the text is not a JSON object, <c>app_versions</c> is not one, or a name or text in it is not Unicode.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> plaintext, [NotNullWhen(true)] out AppVersions? versions)
    {
        versions = null;
        try
        {
            using var document = JsonDocument.Parse(plaintext);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return false;
            if (!document.RootElement.TryGetProperty("app_versions", out var value))
                versions = AppVersions.None;
            else
                versions = AppVersions.From(value);
            return versions is not null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or text in it that is not UTF-8: the reader's way to say so.
            return false;
        }
    }
}
