using System.Globalization;

namespace RxWormhole.Fuzz;

/// <summary>What was asked for on the command line.</summary>
internal sealed record FuzzOptions
{
    internal const string Usage = """
        dotnet run --project tests/RxWormhole.Fuzz -- [--target NAME]... [--runs N | --seconds S] [--seed N] [--guided [--keep]] [--input HEX] [--list]

          --target NAME  Only this target; may be given several times. All of them without it.
          --runs N       So many inputs for each target, 2000 without it.
          --seconds S    So long for each target.
          --seed N       The inputs of an earlier run again; a new seed without it.
          --guided       Goes on from inputs that reach something new, which instrumented copies of the assemblies tell.
          --keep         Keeps the few inputs that reach most of what was reached, smaller, in the corpus.
          --input HEX    Only this input.
          --list         The names of the targets.
        """;

    internal IReadOnlyList<string> Targets { get; private init; } = [];

    internal int? Runs { get; init; }

    internal TimeSpan? Time { get; init; }

    internal int Seed { get; init; }

    internal bool IsGuided { get; init; }

    internal bool Keep { get; init; }

    internal byte[]? Input { get; private init; }

    internal bool List { get; private init; }

    /// <exception cref="FormatException">They make no sense.</exception>
    internal static FuzzOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new FuzzOptions { Seed = Random.Shared.Next() };
        for (var i = 0; i < arguments.Count; i++)
        {
            var name = arguments[i];
            options = name switch
            {
                "--guided" => options with { IsGuided = true },
                "--keep" => options with { Keep = true },
                "--list" => options with { List = true },
                "--target" => options with { Targets = [.. options.Targets, Value()] },
                "--runs" => options with { Runs = int.Parse(Value(), NumberStyles.None, CultureInfo.InvariantCulture) },
                "--seconds" => options with { Time = TimeSpan.FromSeconds(int.Parse(Value(), NumberStyles.None, CultureInfo.InvariantCulture)) },
                "--seed" => options with { Seed = int.Parse(Value(), NumberStyles.None, CultureInfo.InvariantCulture) },
                "--input" => options with { Input = Convert.FromHexString(Value()) },
                _ => throw new FormatException($"Nobody knows '{name}'."),
            };

            string Value() => ++i < arguments.Count ? arguments[i] : throw new FormatException($"{name} needs a value.");
        }

        if (options.Runs is not null && options.Time is not null)
            throw new FormatException("--runs and --seconds exclude each other.");
        if (options.Keep && !options.IsGuided)
            throw new FormatException("--keep needs --guided, which tells what is reached.");
        return options;
    }
}
