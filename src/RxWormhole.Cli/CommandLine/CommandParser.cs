using System.CommandLine;
using System.CommandLine.Parsing;

namespace RxWormhole.Cli;

/// <summary>Makes a command of what was typed.</summary>
internal static class CommandParser
{
    // "@name" is a file of that name, not one to read words from.
    private static readonly ParserConfiguration Configuration = new() { ResponseFileTokenReplacer = null };

    /// <exception cref="FailedException">A flag has a value that is neither true nor false.</exception>
    internal static ParseResult Parse(RootCommand root, IEnumerable<string> words) => root.Parse(CommandWords.InOrder(root, words), Configuration);

    /// <summary>What is wrong, or null. Its kind is <see cref="ExitCode.Usage"/>.</summary>
    internal static Failure? Problem(ParseResult parsed)
    {
        if (parsed.Errors.Count == 0 || parsed.Action is System.CommandLine.Help.HelpAction)
            return null;
        return new Failure(
            ExitCode.Usage,
            string.Join(' ', parsed.Errors.Select(error => error.Message.TrimEnd('.') + ".").Distinct()),
            $"Run {Path(parsed.CommandResult)} --help to see what there is.");
    }

    /// <summary>The command with those that it is one of, for instance <c>rxwormhole ssh invite</c>.</summary>
    internal static string Path(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{Path(parent)} {command.Command.Name}" : "rxwormhole";
}
