using System.Collections.Immutable;

namespace RxWormhole;

/// <summary>When a session in poll mode asks the server: often at first, more seldom as it grows old.</summary>
/// <remarks>
/// After a poll at age <em>t</em> the next one comes at <em>t</em> plus the interval of the last step with <c>After ≤ t</c>.
/// Polls never overlap; one that was missed is not made up for. What has to be sent does not wait for a tick.
/// The server's patience is a cap on the interval: see <see cref="PollInterval"/>.
/// </remarks>
public sealed class PollingSchedule
{
    private readonly ImmutableArray<PollingStep> steps;
    private readonly double jitter;

    /// <summary>Makes a schedule.</summary>
    /// <param name="steps">The steps, sorted by <see cref="PollingStep.After"/>, the first one after zero; intervals of 10 ms to 30 days.</param>
    /// <exception cref="ArgumentException">The steps are none, not sorted, do not begin at zero, or have an interval out of range; all problems are named.</exception>
    public PollingSchedule(params ReadOnlySpan<PollingStep> steps)
        : this([.. steps], 0)
    {
    }

    private PollingSchedule(ImmutableArray<PollingStep> steps, double jitter)
    {
        var problems = Problems(steps).ToArray();
        if (problems.Length > 0)
            throw new ArgumentException($"The polling schedule is not usable: {string.Join("; ", problems)}.", nameof(steps));
        this.steps = steps;
        this.jitter = jitter;
    }

    /// <summary>Two people who are at it right now: every half second.</summary>
    public static PollingSchedule FaceToFace { get; } = new(new PollingStep(TimeSpan.Zero, TimeSpan.FromSeconds(0.5)));

    /// <summary>Somebody will come by: every minute, after ten minutes every five, after an hour every hour.</summary>
    public static PollingSchedule Patient { get; } = new(
        new PollingStep(TimeSpan.Zero, TimeSpan.FromSeconds(60)),
        new PollingStep(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(5)),
        new PollingStep(TimeSpan.FromHours(1), TimeSpan.FromHours(1)));

    internal TimeSpan LongestInterval => steps.Max(step => step.Interval) * (1 + jitter);

    /// <summary>The same schedule with each interval made longer by a random part, so that many clients do not come at once.</summary>
    /// <param name="fraction">The most that is added, as a fraction of the interval: 0 to 1.</param>
    public PollingSchedule WithJitter(double fraction)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fraction);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fraction, 1);
        return new PollingSchedule(steps, fraction);
    }

    /// <summary>The time from a poll to the next one.</summary>
    /// <param name="age">The age of the session at the poll.</param>
    /// <param name="random">A random number from 0 up to, not including, 1; counts only where there is jitter.</param>
    public TimeSpan IntervalAt(TimeSpan age, double random = 0)
    {
        var interval = steps.Last(step => step.After <= (age < TimeSpan.Zero ? TimeSpan.Zero : age)).Interval;
        return interval * (1 + jitter * random);
    }

    /// <summary>The first tick behind an age, and the interval before it.</summary>
    /// <param name="tick">A tick that has been.</param>
    /// <param name="age">The age. However many ticks were missed until then, it takes no longer than a few steps of the schedule.</param>
    /// <param name="cap">The longest interval.</param>
    /// <param name="random">As for <see cref="IntervalAt"/>.</param>
    internal (TimeSpan Tick, TimeSpan Interval) TickAfter(TimeSpan tick, TimeSpan age, TimeSpan cap, double random)
    {
        var interval = TimeSpan.Zero;
        while (tick <= age)
        {
            var scheduled = IntervalAt(tick, random);
            interval = scheduled < cap ? scheduled : cap;
            var end = steps.Select(step => step.After).Where(after => after > tick && after < age).DefaultIfEmpty(age).First();
            tick += TimeSpan.FromTicks(interval.Ticks * Math.Max(1, (end - tick).Ticks / interval.Ticks));
        }

        return (tick, interval);
    }

    private static IEnumerable<string> Problems(ImmutableArray<PollingStep> steps)
    {
        if (steps.IsEmpty)
        {
            yield return "it has no steps";
            yield break;
        }

        if (steps[0].After != TimeSpan.Zero)
            yield return "its first step must be after zero";
        for (var i = 0; i < steps.Length; i++)
        {
            if (i > 0 && steps[i].After <= steps[i - 1].After)
                yield return $"step {i + 1} must be after step {i}";
            if (steps[i].Interval < TimeSpan.FromMilliseconds(10) || steps[i].Interval > TimeSpan.FromDays(30))
                yield return $"the interval of step {i + 1} must be between 10 ms and 30 days";
        }
    }
}
