using System.Collections.Immutable;
using System.CommandLine;

namespace RxWormhole.Cli;

/// <summary>One thing that can be set: how it is called everywhere, and what its text does to the settings. Wherever it was said, it is a text, and means the same.</summary>
/// <param name="Name">Its key in the configuration file, and what it is called.</param>
/// <param name="Kind">How it is written there.</param>
/// <param name="Default">The text for what happens where nobody says anything; what <c>config</c> shows.</param>
/// <param name="Apply">Gives settings in which the text was heard. Throws <see cref="FormatException"/> with what was expected.</param>
internal sealed record Setting(string Name, SettingKind Kind, string Default, Func<ClientSettings, string, ClientSettings> Apply)
{
    /// <summary>The options that say it, each with the text that it stands for; null for the text behind it, or for a flag <c>true</c> or <c>false</c>.</summary>
    internal required ImmutableArray<(Option Option, string? Text)> Options { get; init; }

    /// <summary>The variable of the environment that says it, as with the Python client; an empty one says nothing.</summary>
    internal string? Variable { get; init; }

    /// <summary>What it is, where no option alone says so.</summary>
    internal string? About { get; init; }

    /// <summary>What the example of a configuration file says.</summary>
    internal string? Example { get; init; }

    /// <summary>Whether it is the path of a folder, where <c>~/</c> is the user's own.</summary>
    internal bool IsFolder { get; init; }

    /// <summary>The text that options say, and the one that says it; nulls where none does.</summary>
    /// <exception cref="FailedException">Two say different things.</exception>
    internal (string? Text, string? From) Said(ParseResult parsed)
    {
        var said = Options.Where(each => parsed.GetResult(each.Option) is { Implicit: false })
            .Select(each => (Text: Text(parsed, each.Option, each.Text), each.Option.Name))
            .ToArray();
        return said switch
        {
            [] => (null, null),
            [var only] => only,
            _ => throw new FailedException(ExitCode.Usage, $"{string.Join(" and ", said.Select(each => each.Name))} exclude each other.", "Say only one of them."),
        };
    }

    private static string Text(ParseResult parsed, Option option, string? text) => option switch
    {
        Option<bool> flag when text is null => parsed.GetValue(flag) ? "true" : "false",
        Option<bool> flag when !parsed.GetValue(flag) => throw new FailedException(ExitCode.Usage, $"{option.Name} cannot be false.", "Leave it out."),
        Option<string?> valued when text is null => parsed.GetValue(valued) ?? "",
        _ => text!,
    };
}
