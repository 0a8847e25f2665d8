using System.CommandLine;
using System.Collections.Immutable;

namespace RxWormhole.Cli;

/// <summary>Puts what was typed into one form: the command, then its options, each in one word with its value, and everything else as it was.</summary>
/// <remarks>
/// So options are accepted before the command as well as behind it, wherever a command is among commands; a value may begin with a hyphen; and a flag never takes
/// the word behind it for its value. What is behind <c>--</c> stays as it is. Nothing is refused here but a flag's value that is none: the parser does that.
/// </remarks>
internal sealed class CommandWords
{
    private readonly SortedDictionary<string, Option> options = new(StringComparer.Ordinal);
    private readonly List<string> path = [];
    private readonly List<string> others = [];
    private readonly Queue<string> words;
    private Command command;

    private CommandWords(Command root, IEnumerable<string> words)
    {
        command = root;
        this.words = new Queue<string>(words);
        // Before the command is known, any command's options are. No name has a value in one command and none in another (tested).
        Learn(root);
    }

    /// <exception cref="FailedException">A flag has a value that is neither true nor false.</exception>
    internal static ImmutableArray<string> InOrder(Command root, IEnumerable<string> words) => new CommandWords(root, words).Sort();

    private ImmutableArray<string> Sort()
    {
        while (words.TryDequeue(out var word))
        {
            if (word == "--")
            {
                others.Add(word);
                break;
            }

            if (word.Length > 1 && word[0] == '-')
                Take(word);
            else if (command.Subcommands.FirstOrDefault(each => each.Name == word || each.Aliases.Contains(word)) is { } next && others.All(IsOption))
                path.Add((command = next).Name);
            else
                others.Add(word);
        }

        return [.. path, .. others, .. words];
    }

    private static bool IsOption(string word) => word.StartsWith('-');

    private void Learn(Command parent)
    {
        foreach (var option in parent.Options)
        {
            foreach (var name in option.Aliases.Append(option.Name))
                options.TryAdd(name, option);
        }

        foreach (var child in parent.Subcommands)
            Learn(child);
    }

    private void Take(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? word : word[..equals];
        if (options.TryGetValue(name, out var option))
            Add(name, option, equals < 0 ? null : word[(equals + 1)..]);
        else if (word[1] != '-' && Letters(word) is { } letters)
            letters.ForEach(each => Add(each.Name, each.Option, each.Value));
        else
            others.Add(word);
    }

    // -vc4 is -v -c 4.
    private List<(string Name, Option Option, string? Value)>? Letters(string word)
    {
        var letters = new List<(string, Option, string?)>();
        for (var i = 1; i < word.Length; i++)
        {
            if (!options.TryGetValue($"-{word[i]}", out var option))
                return null;
            var rest = word[(i + 1)..];
            var hasValue = rest.Length > 0 && (TakesValue(option) || rest[0] == '=');
            letters.Add(($"-{word[i]}", option, hasValue ? rest.TrimStart('=') : null));
            if (hasValue)
                break;
        }

        return letters;
    }

    private void Add(string name, Option option, string? value)
    {
        if (!TakesValue(option))
        {
            var isFlag = option.Arity.MaximumNumberOfValues > 0;
            if (value is not null && (!isFlag || SettingText.Flag(value) is null))
                throw new FailedException(ExitCode.Usage, $"{name}: expected nothing behind it{(isFlag ? ", or =true or =false" : "")}.", "Leave the value out.");
            others.Add(isFlag ? $"{name}={(value is null || SettingText.Flag(value) == true ? "true" : "false")}" : name);
        }
        else if (value is not null || words.TryDequeue(out value))
        {
            others.Add($"{name}={value}");
        }
        else
        {
            others.Add(name);
        }
    }

    private static bool TakesValue(Option option) => option.ValueType != typeof(bool) && option.Arity.MaximumNumberOfValues > 0;
}
