using System.CommandLine;
using System.Text;
using System.Text.Json;

namespace RxWormhole.Cli;

/// <summary><c>rxwormhole config</c>: what is in force, and where that was said.</summary>
internal static class ConfigCommand
{
    private static readonly Option<bool> PathOnly = new("--path") { Description = "Prints where the configuration file is looked for, and nothing else." };
    private static readonly Option<bool> Example = new("--example") { Description = "Prints a configuration file to begin with." };
    private static readonly Option<bool> Init = new("--init") { Description = "Writes such a file, where there is none." };

    internal static Command Create()
    {
        var command = new Command("config", "Shows the settings in force and where each of them comes from.") { PathOnly, Example, Init, ClientOptions.Json, ClientOptions.Profile };
        foreach (var (option, _) in SettingTable.All.SelectMany(setting => setting.Options))
            command.Add(option);
        command.SetAction((parsed, _) => LocalCommand.RunAsync(parsed, () => Answer(parsed, new Surroundings())));
        return command;
    }

    /// <summary>What is printed.</summary>
    /// <exception cref="FailedException">The configuration makes no sense, or cannot be written.</exception>
    internal static string Answer(ParseResult parsed, Surroundings surroundings)
    {
        var path = ConfigFile.PathOf(surroundings);
        var isJson = parsed.GetValue(ClientOptions.Json);
        switch (parsed.GetValue(PathOnly), parsed.GetValue(Example), parsed.GetValue(Init))
        {
            case (true, false, false):
                return isJson ? Done("path shown", path) : path + "\n";
            case (false, true, false) when isJson:
                throw new FailedException(ExitCode.Usage, "An example is no event: --example and --json exclude each other.", "Leave out one of them.");
            case (false, true, false):
                return ConfigExample.Text();
            case (false, false, true):
                Write(path);
                return isJson ? Done("configuration file written", path) : path + "\n";
            case (false, false, false):
                break;
            default:
                throw new FailedException(ExitCode.Usage, "--path, --example and --init exclude each other.", "Say only one of them.");
        }

        _ = SettingsReader.Read(parsed, surroundings);
        var file = ConfigFile.Read(surroundings);
        var report = new ConfigReport(file, SettingsReader.Profile(parsed, surroundings, file), SettingsReader.Values(parsed, surroundings, file, linkedServer: null));
        return isJson ? report.Json() + "\n" + Done("settings shown") : report.Text();
    }

    // Whoever reads events waits for the last one.
    private static string Done(string what, string? path = null)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line))
            EventJson.Write(json, new CliEvent.Done(what, path));
        return Encoding.UTF8.GetString(line.ToArray()) + "\n";
    }

    private static void Write(string path)
    {
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
                Directory.CreateDirectory(folder);
            using var file = new StreamWriter(new FileStream(path, FileMode.CreateNew));
            file.Write(ConfigExample.Text());
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new FailedException(ExitCode.LocalFile, $"{path} is there already.", "Change that one; rxwormhole config --example shows what one may hold.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FailedException(new Failure(ExitCode.LocalFile, $"{path} cannot be written: {exception.Message}", $"Name another with {ConfigFile.PathVariable}."), exception);
        }
    }
}
