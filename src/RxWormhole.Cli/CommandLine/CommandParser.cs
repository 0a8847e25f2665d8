using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace RxWormhole.Cli;

/// <summary>Makes a command of what was typed.</summary>
internal static class CommandParser
{
    // "@name" is a file of that name, not one to read words from.
    private static readonly ParserConfiguration Configuration = new() { ResponseFileTokenReplacer = null };

    /// <exception cref="FailedException">What was typed would be taken for something else than was meant.</exception>
    internal static ParseResult Parse(Command root, IEnumerable<string> words) => root.Parse(CommandWords.InOrder(root, words), Configuration);

    /// <summary>What is wrong, or null. Its kind is <see cref="ExitCode.Usage"/>.</summary>
    internal static Failure? Problem(ParseResult parsed)
    {
        if (parsed.Errors.Count == 0 || parsed.Action is HelpAction)
            return null;
        var command = parsed.CommandResult.Command;
        var see = $"Run {Path(parsed.CommandResult)} --help to see what there is.";
        if (command.Subcommands.Count == 0)
            return new Failure(ExitCode.Usage, string.Join(' ', parsed.Errors.Select(error => error.Message.TrimEnd('.') + ".").Distinct()), see);
        if (parsed.UnmatchedTokens is not [var word, ..])
            return new Failure(ExitCode.Usage, $"{Path(parsed.CommandResult)} needs a command: {string.Join(", ", Names(command))}.", see);
        var what = word.StartsWith('-') ? "option" : "command";
        var likely = Likely.Of(word, Names(command)) is { } meant ? $"Did you mean {meant}? " : "";
        return new Failure(ExitCode.Usage, $"There is no {what} '{word}'.", likely + see);
    }

    /// <summary>The command with those that it is one of, for instance <c>rxwormhole ssh invite</c>.</summary>
    internal static string Path(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{Path(parent)} {command.Command.Name}" : "rxwormhole";

    private static IEnumerable<string> Names(Command command) => command.Subcommands.Where(each => !each.Hidden).Select(each => each.Name);
}
