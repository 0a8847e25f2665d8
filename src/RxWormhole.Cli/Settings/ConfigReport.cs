using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RxWormhole.Cli;

/// <summary>What <c>rxwormhole config</c> prints.</summary>
/// <param name="File">The file.</param>
/// <param name="Profile">The profile in force; null for none.</param>
/// <param name="Values">The settings.</param>
internal sealed record ConfigReport(ConfigFile File, string? Profile, ImmutableArray<SettingValue> Values)
{
    /// <summary>For people: a line for each setting.</summary>
    internal string Text()
    {
        var name = Values.Max(value => value.Setting.Name.Length);
        var width = Values.Max(value => value.Text.Length);
        var text = new StringBuilder($"file     {Visible(File.Path)}{(File.Exists ? "" : " (not there)")}\nprofile  {Visible(Profile ?? "none")}\n\n");
        foreach (var value in Values)
        {
            var shown = Visible(value.Text.Length == 0 ? "none" : value.Text);
            text.Append(value.Setting.Name.PadRight(name + 2)).Append(shown.PadRight(Math.Min(width, 50) + 2)).Append(value.From is null ? "default" : Visible(Where(value))).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>For programs: an event.</summary>
    internal string Json()
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("event", "config");
            json.WriteString("path", File.Path);
            json.WriteBoolean("exists", File.Exists);
            if (Profile is not null)
                json.WriteString("profile", Profile);
            json.WriteStartArray("profiles");
            foreach (var profile in File.Profiles.Keys)
                json.WriteStringValue(profile);
            json.WriteEndArray();
            json.WriteStartObject("settings");
            foreach (var value in Values)
            {
                json.WriteStartObject(value.Setting.Name);
                Write(json, value);
                json.WriteString("source", value.Source.ToString().ToLowerInvariant());
                if (value.From is not null)
                    json.WriteString("from", value.From);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static void Write(Utf8JsonWriter json, SettingValue value)
    {
        if (value.Setting.Kind == SettingKind.Flag && SettingText.Flag(value.Text) is { } flag)
            json.WriteBoolean("value", flag);
        else if (value.Setting.Kind == SettingKind.Number)
            json.WriteNumber("value", SettingText.Number(value.Text, 0, int.MaxValue));
        else
            json.WriteString("value", value.Text);
    }

    private static string Where(SettingValue value) => value.Source == SettingSource.Environment ? $"environment {value.From}" : value.From!;

    // What is in a file or a variable may come from somebody else. It is shown as a whole.
    private static string Visible(string text) => SafeText.Line(text, int.MaxValue);
}
