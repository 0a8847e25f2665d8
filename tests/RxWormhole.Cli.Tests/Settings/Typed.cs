using System.CommandLine;
using System.Text;

namespace RxWormhole.Cli.Tests;

/// <summary>What somebody typed, in an environment and with a configuration file of the test's own.</summary>
internal sealed record Typed(params string[] Words)
{
    internal const string ConfigPath = "/home/me/.config/rxwormhole/config.json";

    internal Dictionary<string, string> Environment { get; init; } = [];

    internal string? File { get; init; }

    internal Surroundings Surroundings => new()
    {
        Platform = PlatformID.Unix,
        Variable = name => name == "HOME" && !Environment.ContainsKey(name) ? "/home/me" : Environment.GetValueOrDefault(name),
        ReadFile = path => File is not null && path == (Environment.GetValueOrDefault("RXWORMHOLE_CONFIG") ?? ConfigPath) ? Encoding.UTF8.GetBytes(File) : null,
    };

    /// <summary>A command line as a person writes it, without quotes.</summary>
    internal static Typed Line(string line) => new(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    internal ParseResult Parse() => CommandParser.Parse(CommandTree.Create(), Words);

    /// <exception cref="FailedException">It makes no sense.</exception>
    internal ClientSettings Settings()
    {
        var parsed = Parse();
        return CommandParser.Problem(parsed) is { } problem ? throw new FailedException(problem) : SettingsReader.Read(parsed, Surroundings);
    }

    /// <summary>What is wrong; fails the test where nothing is.</summary>
    internal Failure Problem()
    {
        var failed = Assert.Throws<FailedException>(() => Settings());
        Assert.That(failed!.Failure.Kind, Is.EqualTo(ExitCode.Usage));
        Assert.That(failed.Failure.Advice, Is.Not.Null.And.Not.Empty, "what to do next");
        return failed.Failure;
    }
}
