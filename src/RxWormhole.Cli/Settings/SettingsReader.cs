using System.Collections.Immutable;
using System.CommandLine;

namespace RxWormhole.Cli;

/// <summary>Makes settings of what was said.</summary>
internal static class SettingsReader
{
    /// <summary>Reads options, environment and profile.</summary>
    /// <exception cref="FailedException">They make no sense; its kind is <see cref="ExitCode.Usage"/>.</exception>
    internal static ClientSettings Read(ParseResult parsed) => Read(parsed, new Surroundings());

    /// <summary>Reads options, environment and profile from somewhere else.</summary>
    /// <inheritdoc cref="Read(ParseResult)"/>
    internal static ClientSettings Read(ParseResult parsed, Surroundings surroundings)
    {
        OptionRules.Check(parsed);
        var code = Code(parsed, surroundings);
        OptionRules.Check(parsed, code);
        // Other programs have another id: one that was set for files is not meant.
        var isSsh = SshCommand.Has(parsed);
        var settings = Values(parsed, surroundings, ConfigFile.Read(surroundings), code?.Server?.AbsoluteUri).Where(value => !isSsh || value.Source == SettingSource.Option || value.Setting != SettingTable.AppId)
            .Aggregate(isSsh ? SshCommand.Usual : new ClientSettings(), Apply) with
        {
            Code = code?.Text,
            Zero = parsed.GetValue(ClientOptions.Zero),
            Json = parsed.GetValue(ClientOptions.Json),
            Yes = parsed.GetValue(ClientOptions.Yes),
            DumpTiming = parsed.GetValue(ClientOptions.DumpTiming),
        };
        OptionRules.Check(settings);
        return settings;
    }

    /// <summary>The profile in force; null for none.</summary>
    /// <exception cref="FailedException">There is no such profile.</exception>
    internal static string? Profile(ParseResult parsed, Surroundings surroundings, ConfigFile file)
    {
        var (name, from) = parsed.GetValue(ClientOptions.Profile) is { } option ? (option, ClientOptions.Profile.Name)
            : surroundings.Said(ProfileVariable) is { } variable ? (variable, ProfileVariable)
            : (file.Profile, ConfigFile.ProfileKey);
        if (name is null or "")
            return null;
        if (file.Profiles.ContainsKey(name))
            return name;
        throw new FailedException(
            ExitCode.Usage,
            $"{from}: there is no profile '{name}'.",
            file.Profiles.IsEmpty ? $"Write it into {file.Path}; rxwormhole config --example shows how." : $"{file.Path} has: {string.Join(", ", file.Profiles.Keys)}.");
    }

    /// <summary>What holds the name of a profile in the environment.</summary>
    internal const string ProfileVariable = "RXWORMHOLE_PROFILE";

    /// <summary>What is in force for each setting, and where it was said.</summary>
    internal static ImmutableArray<SettingValue> Values(ParseResult parsed, Surroundings surroundings, ConfigFile file, string? linkedServer)
    {
        var name = Profile(parsed, surroundings, file);
        var profile = name is null ? null : file.Profiles[name];
        return [.. SettingTable.All.Select(setting => Value(setting))];

        SettingValue Value(Setting setting)
        {
            var (said, option) = setting.Said(parsed);
            if (said is not null)
                return new SettingValue(setting, said, SettingSource.Option, option);
            if (linkedServer is not null && setting == SettingTable.Server)
                return new SettingValue(setting, linkedServer, SettingSource.Option, "the link");
            if (setting.Variable is { } variable && surroundings.Said(variable) is { } text)
                return new SettingValue(setting, text, SettingSource.Environment, variable);
            if (profile is not null && profile.TryGetValue(setting.Name, out var special))
                return new SettingValue(setting, Written(special), SettingSource.Profile, $"profile {name}");
            if (file.Settings.TryGetValue(setting.Name, out var general))
                return new SettingValue(setting, Written(general), SettingSource.File, "file");
            return new SettingValue(setting, setting.Default, SettingSource.Default, null);

            // Shells do this for options.
            string Written(string path) => setting.IsFolder && (path == "~" || path.StartsWith("~/", StringComparison.Ordinal)) ? surroundings.Home + path[1..] : path;
        }
    }

    /// <summary>Settings in which a value was heard.</summary>
    internal static ClientSettings Apply(ClientSettings settings, SettingValue value)
    {
        try
        {
            return value.Source == SettingSource.Default ? settings : value.Setting.Apply(settings, value.Text);
        }
        catch (FormatException exception)
        {
            throw new FailedException(ExitCode.Usage, $"{value.From}: expected {exception.Message}, not '{value.Text}'.", "Mend it and try again.");
        }
    }

    /// <summary>The code that was given, if any, with what a link says besides.</summary>
    internal static GivenCode? Code(ParseResult parsed, Surroundings surroundings)
    {
        var sends = parsed.CommandResult.Command.Arguments.Contains(ClientOptions.What) || parsed.CommandResult.Command.Name == SshCommand.Accept;
        var takes = sends || parsed.CommandResult.Command.Arguments.Contains(ClientOptions.ReceivedCode);
        var given = parsed.GetValue(ClientOptions.Code) ?? (parsed.GetResult(ClientOptions.ReceivedCode) is { Tokens: [var token, ..] } ? token.Value : null);
        // Whoever says that there is no code, or makes a new one, does not mean what is left in the environment.
        if (given is null && takes && !parsed.GetValue(ClientOptions.Zero) && !parsed.GetValue(ClientOptions.Allocate))
            given = surroundings.Said(GivenCode.Variable);
        return given switch
        {
            null => null,
            StandardStream.Word => new GivenCode(StandardStream.Word, null),
            // An option that names another server than a link does is a contradiction; what the environment or a profile says is only what is usual.
            _ => GivenCode.Read(given, sends, SettingTable.Server.Said(parsed).Text is { } server ? SettingText.ServerOrNull(server) : null),
        };
    }
}
