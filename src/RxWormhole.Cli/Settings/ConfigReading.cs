using System.Collections.Immutable;
using System.Text.Json;

namespace RxWormhole.Cli;

/// <summary>Reads what is in a configuration file. Nothing in it is passed over: what nobody knows is a mistake of writing, and would be missed in silence.</summary>
internal sealed class ConfigReading(string path)
{
    private static readonly ImmutableSortedDictionary<string, string> Empty = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    internal ConfigFile File(JsonElement root)
    {
        var file = ConfigFile.Nothing(path) with { Exists = true };
        foreach (var property in Properties(root, "The file"))
        {
            file = property.Name switch
            {
                ConfigFile.ProfileKey => file with { Profile = Text(property.Value, ConfigFile.ProfileKey, SettingKind.Text) },
                ConfigFile.ProfilesKey => file with { Profiles = Profiles(property.Value, file.Profiles) },
                _ => file with { Settings = Add(file.Settings, property, property.Name) },
            };
        }

        if (file.Profile is { Length: > 0 } name && !file.Profiles.ContainsKey(name))
            throw Wrong($"'{ConfigFile.ProfileKey}' names '{name}', and there is no such profile.", $"Its profiles are: {string.Join(", ", file.Profiles.Keys)}.");
        return file;
    }

    private ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> Profiles(
        JsonElement element, ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> profiles)
    {
        foreach (var profile in Properties(element, $"'{ConfigFile.ProfilesKey}'"))
        {
            var name = $"{ConfigFile.ProfilesKey}.{profile.Name}";
            profiles = profiles.Add(profile.Name, Properties(profile.Value, $"'{name}'").Aggregate(Empty, (settings, property) => Add(settings, property, $"{name}.{property.Name}")));
        }

        return profiles;
    }

    private ImmutableSortedDictionary<string, string> Add(ImmutableSortedDictionary<string, string> settings, JsonProperty property, string name)
    {
        if (SettingTable.All.FirstOrDefault(each => each.Name == property.Name) is not { } setting)
            throw Wrong($"Nobody knows '{name}'.", $"What may be set: {string.Join(", ", SettingTable.All.Select(each => each.Name).Order(StringComparer.Ordinal))}.");
        var text = Text(property.Value, name, setting.Kind);
        try
        {
            _ = setting.Apply(new ClientSettings(), text);
        }
        catch (FormatException exception)
        {
            throw Wrong($"'{name}': expected {exception.Message}.", "Mend it.");
        }

        return settings.Add(setting.Name, text);
    }

    private IEnumerable<JsonProperty> Properties(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object ? element.EnumerateObject() : throw Wrong($"{name} must be an object: {{ … }}.", "rxwormhole config --example shows what one looks like.");

    private string Text(JsonElement value, string name, SettingKind kind) => (kind, value.ValueKind) switch
    {
        (SettingKind.Text or SettingKind.TextOrNumber, JsonValueKind.String) => value.GetString()!,
        (SettingKind.Number or SettingKind.TextOrNumber, JsonValueKind.Number) => value.GetRawText(),
        (SettingKind.Flag, JsonValueKind.True) => "true",
        (SettingKind.Flag, JsonValueKind.False) => "false",
        _ => throw Wrong($"'{name}' must be {Words(kind)}.", "Mend it; rxwormhole config --example shows what one looks like."),
    };

    private static string Words(SettingKind kind) => kind switch
    {
        SettingKind.Number => "a number",
        SettingKind.Flag => "true or false",
        SettingKind.TextOrNumber => "a text in quotes, or a number",
        _ => "a text in quotes",
    };

    private FailedException Wrong(string what, string advice) => new(ExitCode.Usage, $"{path}: {what}", advice);
}
