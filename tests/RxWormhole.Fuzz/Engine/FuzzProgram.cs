using System.Globalization;

namespace RxWormhole.Fuzz;

/// <summary>The command.</summary>
internal static class FuzzProgram
{
    internal static int Run(FuzzOptions options, string[] arguments, TextWriter output)
    {
        if (InstrumentedCopy.IsHere)
            CoverageMap.Attach();
        var targets = options.Targets.Count == 0 ? FuzzTargets.All : [.. FuzzTargets.All.Where(target => options.Targets.Contains(target.Name))];
        if (options.List || targets.Count < options.Targets.Count)
        {
            output.WriteLine(string.Join('\n', FuzzTargets.All.Select(target => target.Name)));
            return options.List ? 0 : 2;
        }

        if (options.Input is { } input)
            return targets.Where(target => Fails(target, input, output)).ToList() is [] ? 0 : 1;
        if (options.IsGuided && !InstrumentedCopy.IsHere)
            return InstrumentedCopy.Run(arguments.Contains("--seed") ? arguments : [.. arguments, "--seed", options.Seed.ToString(CultureInfo.InvariantCulture)]);

        output.WriteLine($"seed {options.Seed}");
        return targets.Where(target => Fails(target, options, output)).ToList() is [] ? 0 : 1;
    }

    private static bool Fails(FuzzTarget target, byte[] input, TextWriter output)
    {
        var fault = Trial.Run(target, input);
        output.WriteLine(fault is null ? $"{target.Name}: nothing wrong" : $"{target.Name}: {fault.Kind}\n{fault.Detail}");
        return fault is not null;
    }

    private static bool Fails(FuzzTarget target, FuzzOptions options, TextWriter output)
    {
        var coverage = options.IsGuided ? CoverageMap.Attach() : null;
        var campaign = new Campaign(target, options, coverage);
        var report = campaign.Run();
        output.WriteLine(report);
        if (options.Keep && report.Fault is null)
            output.WriteLine($"{target.Name,-20} {Distillation.Keep(target, campaign.Found, coverage!),9} kept");
        return report.Fault is not null;
    }
}
