using System.Collections.Immutable;
using System.CommandLine;

namespace RxWormhole.Cli;

/// <summary>Puts what was typed into one form: the command, then its options, each with its value, and everything else as it was.</summary>
/// <remarks>
/// So options are accepted before the command as well as behind it, wherever a command is among commands; a value may begin with a hyphen; and a flag never takes
/// the word behind it for its value. What is behind <c>--</c> stays as it is.
/// </remarks>
internal sealed class CommandWords
{
    private readonly SortedDictionary<string, Option> options = new(StringComparer.Ordinal);
    private readonly List<string> path = [];
    private readonly List<string> others = [];
    private readonly List<(string Name, Option? Option, string? Value)> said = [];
    private readonly Queue<string> words;
    private readonly Command root;
    private Command command;
    private bool hasOther;
    private FailedException? problem;

    private CommandWords(Command root, IEnumerable<string> words)
    {
        command = this.root = root;
        this.words = new Queue<string>(words);
        // Before the command is known, any command's options are. No name has a value in one command and none in another (tested).
        Learn(root);
    }

    /// <exception cref="FailedException">A flag has a value that is neither true nor false, or an option is not there that would be taken for a file or a code.</exception>
    internal static ImmutableArray<string> InOrder(Command root, IEnumerable<string> words) => new CommandWords(root, words).Sort();

    /// <summary>Whether a flag is set, however wrong everything else is.</summary>
    internal static bool IsSet(Command root, IEnumerable<string> words, Option<bool> flag)
    {
        var read = new CommandWords(root, words);
        read.Read();
        // The last that says something is heard; a value that makes no sense is a mistake of its own.
        return read.said.LastOrDefault(each => each.Option?.Name == flag.Name) is { Option: not null } last && (last.Value is null || SettingText.Flag(last.Value) is not false);
    }

    private ImmutableArray<string> Sort()
    {
        Read();
        if (problem is not null)
            throw problem;
        // Where there are no arguments the parser complains by itself.
        if (command.Arguments.Count > 0 && said.FirstOrDefault(each => !IsOfCommand(each.Option)) is { Name: { } stranger })
            throw Unknown(stranger);
        return [.. path, .. others, .. words];
    }

    private void Read()
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
            else if (!hasOther && command.Subcommands.FirstOrDefault(each => each.Name == word || each.Aliases.Contains(word)) is { } next)
                path.Add((command = next).Name);
            else
                AddOther(word);
        }
    }

    private void AddOther(string word)
    {
        others.Add(word);
        hasOther = true;
    }

    private bool IsOfCommand(Option? option) => option is not null && (command.Options.Contains(option) || (option.Recursive && root.Options.Contains(option)));

    private FailedException Unknown(string name)
    {
        var own = command.Options.Where(each => !each.Hidden).SelectMany(each => each.Aliases.Append(each.Name));
        var likely = Likely.Of(name, own) is { } meant ? $"Did you mean {meant}? " : "";
        return new FailedException(
            ExitCode.Usage,
            $"{command.Name} has no option '{name}'.",
            $"{likely}Run rxwormhole {string.Join(' ', path)} --help to see what there is; what begins with a hyphen and is no option comes behind --.");
    }

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
        {
            Add(name, option, equals < 0 ? null : word[(equals + 1)..]);
        }
        else if (word[1] != '-' && Letters(word) is { } letters)
        {
            letters.ForEach(each => Add(each.Name, each.Option, each.Value));
        }
        else
        {
            said.Add((name, null, null));
            others.Add(word);
        }
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
            letters.Add(($"-{word[i]}", option, !hasValue ? null : rest[0] == '=' ? rest[1..] : rest));
            if (hasValue)
                break;
        }

        return letters;
    }

    private void Add(string name, Option option, string? value)
    {
        said.Add((name, option, value));
        if (!TakesValue(option))
        {
            var isFlag = option.Arity.MaximumNumberOfValues > 0;
            if (value is not null && (!isFlag || SettingText.Flag(value) is null))
                problem ??= new FailedException(ExitCode.Usage, $"{name}: expected nothing behind it{(isFlag ? ", or =true or =false" : "")}.", "Leave the value out.");
            others.Add(isFlag ? $"{name}={(value is null || SettingText.Flag(value) == true ? "true" : "false")}" : name);
        }
        else if (value is null && !words.TryDequeue(out value))
        {
            others.Add(name);
        }
        else if (value.Length == 0)
        {
            others.AddRange([name, ""]);
        }
        else
        {
            others.Add($"{name}={value}");
        }
    }

    private static bool TakesValue(Option option) => option.ValueType != typeof(bool) && option.Arity.MaximumNumberOfValues > 0;
}
