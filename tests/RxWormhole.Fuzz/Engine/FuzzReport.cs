using System.Globalization;

namespace RxWormhole.Fuzz;

/// <summary>How it went with one target.</summary>
internal sealed record FuzzReport(FuzzTarget Target)
{
    internal int Runs { get; init; }

    internal TimeSpan Elapsed { get; init; }

    /// <summary>How many steps of the code were taken; null where nobody looked.</summary>
    internal int? Steps { get; init; }

    /// <summary>How many inputs reached something new.</summary>
    internal int Found { get; init; }

    internal Fault? Fault { get; init; }

    /// <summary>The input that found the fault.</summary>
    internal byte[]? Input { get; init; }

    /// <summary>The smallest one known that finds it.</summary>
    internal byte[]? Smallest { get; init; }

    internal string Replay => $"dotnet run --project tests/RxWormhole.Fuzz -- --target {Target.Name} --input {Convert.ToHexStringLower(Smallest!)}";

    public override string ToString()
    {
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{Target.Name,-20} {Runs,9} runs {Runs / Math.Max(Elapsed.TotalSeconds, 0.001),8:0}/s{(Steps is { } steps ? $" {steps,6} steps {Found,5} new" : "")}");
        return Fault is null ? line : $"""
            {line}  FAILED
            {Target.Name}: {Fault.Kind}
            {Fault.Detail}
            input:    {Convert.ToHexStringLower(Input!)}
            smallest: {Convert.ToHexStringLower(Smallest!)}
            again:    {Replay}
            """;
    }
}
