using System.Collections.Immutable;
using System.CommandLine;
using RxWormhole.Protocol;
using Command = System.CommandLine.Command;

namespace RxWormhole.Cli;

/// <summary>Finds what the word at the cursor may become.</summary>
internal sealed class Completer(Command root, Surroundings surroundings, CliWorld world)
{
    internal const string Files = ":files";
    internal const string Folders = ":folders";

    private static readonly string[] FlagValues = ["true", "false"];

    /// <summary>The candidates, or who else knows some.</summary>
    /// <param name="words">The words behind the name of the program, the one at the cursor last.</param>
    internal ImmutableArray<string> Complete(IReadOnlyList<string> words)
    {
        if (words.Count == 0)
            return [];
        // Some shells make a word of its own of an equals sign.
        ImmutableArray<string> before = [.. words.Take(words.Count - 1)];
        var current = words[^1];
        if (current == "=")
            (before, current) = (before.Add(current), "");
        var place = Place(before);
        if (place.Option is { } option)
            return Matching(Values(option, before), current);
        if (!place.IsLiteral && current.StartsWith('-'))
            return current.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals ? OfJoined(place.Command, current, equals, before) : Options(place.Command, current);
        if (!place.Command.Subcommands.All(each => each.Hidden) && place.Others == 0)
            return Matching(place.Command.Subcommands.Where(each => !each.Hidden).Select(each => each.Name), current);
        return Arguments(place, current, before);
    }

    private (Command Command, Option? Option, int Others, bool IsLiteral) Place(ImmutableArray<string> before)
    {
        Command command = root;
        var (others, isLiteral) = (0, false);
        for (var i = 0; i < before.Length; i++)
        {
            var word = before[i];
            if (isLiteral)
            {
                others++;
            }
            else if (word == "--")
            {
                isLiteral = true;
            }
            else if (word.Length > 1 && word[0] == '-')
            {
                if (word.Contains('=', StringComparison.Ordinal) || Find(command, word) is not { } option || option.ValueType == typeof(bool))
                    continue;
                i += i + 1 < before.Length && before[i + 1] == "=" ? 2 : 1;
                if (i >= before.Length)
                    return (command, option, others, false);
            }
            else if (others == 0 && command.Subcommands.FirstOrDefault(each => each.Name == word || each.Aliases.Contains(word)) is { } next)
            {
                command = next;
            }
            else
            {
                others++;
            }
        }

        return (command, null, others, isLiteral);
    }

    private ImmutableArray<string> OfJoined(Command command, string current, int equals, ImmutableArray<string> before)
    {
        var name = current[..equals];
        return Find(command, name) is not { } option ? [] : [.. Matching(option.ValueType == typeof(bool) ? FlagValues : Values(option, before), current[(equals + 1)..]).Select(value => value[0] == ':' ? value : $"{name}={value}")];
    }

    // Before the command is known, an option of any command may stand.
    private static Option? Find(Command command, string name) =>
        command.Options.FirstOrDefault(each => each.Name == name || each.Aliases.Contains(name))
        ?? command.Subcommands.Select(child => Find(child, name)).FirstOrDefault(found => found is not null);

    private static ImmutableArray<string> Options(Command command, string current) => Matching(
        command.Options.Where(each => !each.Hidden).Select(each => each.Name).Order(StringComparer.Ordinal), current);

    private IEnumerable<string> Values(Option option, ImmutableArray<string> before) => option switch
    {
        _ when option == ClientOptions.Color => ["auto", "always", "never"],
        _ when option == ClientOptions.Schedule => ["face-to-face", "patient"],
        _ when option == ClientOptions.OutputDir => [Folders],
        _ when option == ClientOptions.Profile => Quietly(() => ConfigFile.Read(surroundings).Profiles.Keys, []),
        _ when option == ClientOptions.OutputFile || option == ClientOptions.DumpTiming || option == SshCommand.KeyFile || option.ValueType == typeof(FileInfo) || option.HelpName is "FILE|memory" => [Files],
        _ => [],
    };

    private ImmutableArray<string> Arguments((Command Command, Option? Option, int Others, bool IsLiteral) place, string current, ImmutableArray<string> before)
    {
        var arguments = place.Command.Arguments;
        if (arguments.Contains(ClientOptions.What))
            return [Files];
        if (arguments.Contains(CompletionCommand.Shell))
            return place.Others == 0 ? Matching(CompletionScript.Shells, current) : [];
        if (!arguments.Contains(ClientOptions.ReceivedCode) || place.Others > 0)
            return [];
        var settings = Quietly(() => SettingsReader.Read(CommandParser.Parse(root, before), surroundings with { Variable = name => name == GivenCode.Variable ? null : surroundings.Variable(name) }), new ClientSettings());
        var hyphen = current.IndexOf('-', StringComparison.Ordinal);
        if (hyphen < 0)
            return [.. WordList.CompleteNameplate(ListedNameplates.Of(settings, world), current)];
        return [.. WordList.Complete(current[(hyphen + 1)..], settings.CodeLength).Select(words => current[..(hyphen + 1)] + words)];
    }

    private static ImmutableArray<string> Matching(IEnumerable<string> candidates, string current) =>
        [.. candidates.Where(each => each[0] == ':' || each.StartsWith(current, StringComparison.Ordinal))];

    private static T Quietly<T>(Func<T> find, T otherwise)
    {
        try
        {
            return find();
        }
        catch (FailedException)
        {
            return otherwise;
        }
    }
}
