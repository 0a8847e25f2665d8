using System.CommandLine;

namespace RxWormhole.Cli;

/// <summary>What cannot be meant together.</summary>
internal static class OptionRules
{
    /// <summary>Paths are together with standard input.</summary>
    internal static readonly Failure InputAmongPaths = Usage("Standard input is sent by itself.", "Send the files with another code, or put them through standard input with tar.");

    /// <summary>Standard output is wanted twice.</summary>
    internal static readonly Failure OutputTwice = Usage("Standard output cannot be for both what is received and --json.", "Leave out --json, or name a file with --output-file.");

    /// <summary>Looks at what was typed.</summary>
    /// <exception cref="FailedException">It makes no sense.</exception>
    internal static void Check(ParseResult parsed)
    {
        if (Problems(parsed).FirstOrDefault() is { } problem)
            throw new FailedException(problem);
    }

    /// <summary>Looks at what came of it, whoever said it.</summary>
    /// <inheritdoc cref="Check(ParseResult)"/>
    internal static void Check(ClientSettings settings)
    {
        if (settings is { Paths: TransitPaths.Relay, TransitHelper: "" })
            throw new FailedException(ExitCode.Usage, "Nothing but a relay is to be taken, and there is none.", "Leave out --relay-only, or name a relay with --transit-helper.");
        if (settings is { Verify: true, Yes: true })
            throw new FailedException(ExitCode.Usage, "Verifiers are to be compared by people, and --yes asks nobody.", "Leave out --yes or --verify; --accept-file accepts files without a question.");
    }

    /// <summary>Looks at where the code comes from, whoever said it.</summary>
    /// <inheritdoc cref="Check(ParseResult)"/>
    internal static void Check(ParseResult parsed, GivenCode? code)
    {
        if (code?.Text == StandardStream.Word && ((parsed.GetValue(ClientOptions.What) ?? []).Contains(StandardStream.Word) || parsed.GetValue(ClientOptions.Text) == StandardStream.Word))
            throw new FailedException(ExitCode.Usage, "Standard input cannot be both the code and what is sent.", $"Give the code itself in the environment, as {GivenCode.Variable}.");
    }

    private static IEnumerable<Failure> Problems(ParseResult parsed)
    {
        var codes = parsed.GetResult(ClientOptions.ReceivedCode)?.Tokens.Count ?? 0;
        var code = parsed.GetValue(ClientOptions.Code);
        var what = parsed.GetValue(ClientOptions.What) ?? [];
        var text = parsed.GetValue(ClientOptions.Text);
        var output = parsed.GetValue(ClientOptions.OutputFile);
        var zero = parsed.GetValue(ClientOptions.Zero);
        var allocate = parsed.GetValue(ClientOptions.Allocate);

        if (codes > 1)
            yield return Usage("There may be one code only.", "A code is one word: its parts are joined by hyphens, as in 7-crossover-clockwork.");
        if (zero && (codes > 0 || code is not null))
            yield return Usage("-0 means that there is no code, and one was given.", "Leave out -0 or the code.");
        if (zero && allocate)
            yield return Usage("-0 means that there is no code, and --allocate makes one.", "Leave out one of them.");
        if (allocate && codes > 0)
            yield return Usage("--allocate makes a new code, and one was given.", "Leave out --allocate or the code.");
        if (Has(parsed, ClientOptions.ReceivedCode) && Said(parsed, ClientOptions.CodeLength) && !allocate)
            yield return Usage("--code-length is for a code that is made here.", "Leave it out, or say --allocate to make the code here.");
        if (text is not null && what.Length > 0)
            yield return Usage("Either a text or files are sent, and both were given.", "Leave out --text, or what is behind it: a text of several words needs quotes.");
        if (what.Count(each => each == StandardStream.Word) > 1 || (what.Length > 1 && what.Contains(StandardStream.Word)))
            yield return InputAmongPaths;
        if (output is "")
            yield return Usage("--output-file: expected a name.", "Leave it out to use the name that is offered.");
        if (output is not null && Said(parsed, ClientOptions.OutputDir) && (output == StandardStream.Word || Path.IsPathRooted(output) || Path.GetDirectoryName(output) is { Length: > 0 }))
            yield return Usage("--output-file says already where it goes.", "Leave out --output-dir, or give --output-file a name alone.");
        if (output == StandardStream.Word && parsed.GetValue(ClientOptions.Json))
            yield return OutputTwice;
        if (parsed.GetValue(ClientOptions.NoListen) && Said(parsed, ClientOptions.Port))
            yield return Usage("--port says where to listen, and --no-listen that nobody does.", "Leave out one of them.");
    }

    private static bool Has(ParseResult parsed, Argument argument) => parsed.CommandResult.Command.Arguments.Contains(argument);

    private static bool Said(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private static Failure Usage(string message, string advice) => new(ExitCode.Usage, message, advice);
}
