using System.Diagnostics;
using System.Globalization;

namespace RxWormhole.Fuzz;

/// <summary>One input on one target.</summary>
internal static class Trial
{
    /// <summary>What no input of the length that is made here needs, by far.</summary>
    internal static readonly TimeSpan MostTime = TimeSpan.FromSeconds(1);

    // A collection or a neighbour on the machine costs time, the first use of a table allocates: what is measured counts if it happens every time.
    private const int Measurements = 3;

    internal static Fault? Run(FuzzTarget target, ReadOnlySpan<byte> input)
    {
        var fault = Once(target, input);
        for (var i = 1; i < Measurements && fault is { IsMeasured: true }; i++)
            fault = Once(target, input);
        return fault;
    }

    private static Fault? Once(FuzzTarget target, ReadOnlySpan<byte> input)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        try
        {
            target.Run(input);
        }
        catch (PropertyException property)
        {
            return new Fault(property.Message, property.ToString());
        }
        catch (Exception exception)
        {
            return new Fault($"{exception.GetType().Name} at {Origin(exception)}", exception.ToString());
        }

        var elapsed = Stopwatch.GetElapsedTime(started);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        var most = target.FixedBytes + ((long)target.BytesPerByte * input.Length);
        if (allocated > most)
            return new Fault("too much memory", string.Create(CultureInfo.InvariantCulture, $"{allocated} bytes allocated for {input.Length} bytes of input; {most} are allowed")) { IsMeasured = true };
        return elapsed > MostTime
            ? new Fault("too much time", string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalMilliseconds:0} ms for {input.Length} bytes of input")) { IsMeasured = true }
            : null;
    }

    // The innermost method of ours: the same wherever in it.
    private static string Origin(Exception exception) =>
        new StackTrace(exception).GetFrames()
            .Select(frame => frame.GetMethod())
            .Where(method => method?.DeclaringType?.FullName?.StartsWith("RxWormhole.", StringComparison.Ordinal) == true)
            .Select(method => $"{method!.DeclaringType!.Name}.{method.Name}")
            .FirstOrDefault("nowhere of ours");
}
