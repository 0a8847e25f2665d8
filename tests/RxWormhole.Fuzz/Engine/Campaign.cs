using System.Diagnostics;
using System.Text;
using RxWormhole.Protocol;

namespace RxWormhole.Fuzz;

/// <summary>Many inputs on one target: first the corpus, then what is made from it, until the time is over or one finds something.</summary>
internal sealed class Campaign(FuzzTarget target, FuzzOptions options, CoverageMap? coverage = null)
{
    private const int UsualRuns = 2000;

    private readonly List<byte[]> corpus = Corpus.Read(target);
    private readonly List<byte[]> found = [];
    private int runs;

    /// <summary>What reached something new, in the order it was found. Empty where nobody looks.</summary>
    internal IReadOnlyList<byte[]> Found => found;

    internal FuzzReport Run()
    {
        var watch = Stopwatch.StartNew();
        FuzzReport? failure = null;
        foreach (var input in corpus)
            failure ??= Try(input);

        // Which other targets run makes no difference for the inputs of this one.
        var mutator = new Mutator(target, options.Seed ^ (int)Crc32.Append(0, Encoding.UTF8.GetBytes(target.Name)));
        var pool = corpus.ToList();
        var most = options.Time is null ? options.Runs ?? UsualRuns : int.MaxValue;
        for (var made = 0; failure is null && made < most && !(watch.Elapsed > options.Time); made++)
        {
            var input = mutator.Next(pool);
            failure = Try(input);
            if (failure is null && coverage?.IsNew() == true)
            {
                pool.Add(input);
                found.Add(input);
            }
        }

        return (failure ?? new FuzzReport(target)) with { Runs = runs, Elapsed = watch.Elapsed, Steps = coverage?.Steps, Found = found.Count };
    }

    private FuzzReport? Try(byte[] input)
    {
        runs++;
        coverage?.Clear();
        Watchdog.Begin(target, input);
        var fault = Trial.Run(target, input);
        Watchdog.End();
        if (fault is null)
            return null;
        return new FuzzReport(target)
        {
            Fault = fault,
            Input = input,
            Smallest = Minimizer.Minimize(input, smaller => Trial.Run(target, smaller)?.Kind == fault.Kind),
        };
    }
}
