using System.Collections.Immutable;
using System.Text.Json;

namespace RxWormhole.Cli;

/// <summary>The configuration file: settings, and profiles that say some of them differently.</summary>
/// <param name="Path">Where it is, or would be.</param>
/// <param name="Exists">Whether it is there.</param>
/// <param name="Profile">The profile that is used where nobody names another.</param>
/// <param name="Settings">What it says outside of profiles, as texts.</param>
/// <param name="Profiles">What profiles say.</param>
internal sealed record ConfigFile(
    string Path,
    bool Exists,
    string? Profile,
    ImmutableSortedDictionary<string, string> Settings,
    ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> Profiles)
{
    internal const string PathVariable = "RXWORMHOLE_CONFIG";
    internal const string ProfileKey = "profile";
    internal const string ProfilesKey = "profiles";

    private const int Depth = 3;

    private static readonly ImmutableSortedDictionary<string, string> Empty = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <exception cref="FailedException">It cannot be read, or is no configuration, or <c>RXWORMHOLE_CONFIG</c> names one that is not there.</exception>
    internal static ConfigFile Read(Surroundings surroundings)
    {
        var path = PathOf(surroundings);
        if (surroundings.ReadFile(path) is { } bytes)
            return Parse(path, bytes);
        if (surroundings.Said(PathVariable) is not null)
            throw new FailedException(ExitCode.Usage, $"There is no file {path}, which {PathVariable} names.", $"Make it with rxwormhole config --init, or unset {PathVariable}.");
        return Nothing(path);
    }

    /// <summary>Where it is looked for.</summary>
    internal static string PathOf(Surroundings surroundings)
    {
        if (surroundings.Said(PathVariable) is { } named)
            return named;
        var folder = surroundings.Platform switch
        {
            PlatformID.Win32NT => surroundings.Said("APPDATA") ?? System.IO.Path.Combine(surroundings.Home, "AppData", "Roaming"),
            PlatformID.MacOSX => System.IO.Path.Combine(surroundings.Home, "Library", "Application Support"),
            // One that is not absolute is to be ignored, says the specification.
            _ => surroundings.Said("XDG_CONFIG_HOME") is ['/', ..] given ? given : System.IO.Path.Combine(surroundings.Home, ".config"),
        };
        return System.IO.Path.Combine(folder, "rxwormhole", "config.json");
    }

    /// <summary>A file that is not there.</summary>
    internal static ConfigFile Nothing(string path) =>
        new(path, false, null, Empty, ImmutableSortedDictionary.Create<string, ImmutableSortedDictionary<string, string>>(StringComparer.Ordinal));

    private static ConfigFile Parse(string path, byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(
                bytes.AsMemory(bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0),
                new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false, MaxDepth = Depth });
            return new ConfigReading(path).File(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second where a text is not Unicode.
            throw new FailedException(
                new Failure(ExitCode.Usage, $"{path} is no JSON that makes sense: {exception.Message}", "Mend it; rxwormhole config --example shows what one looks like."), exception);
        }
    }
}
