using System.Reactive.Disposables;

namespace RxWormhole;

// Polling: when the next link is made, how long one stays that is done, and what the server's patience has to do with it.
internal sealed partial class Session
{
    private const int UsualKeepSeconds = 600;

    // A poll that is done stays for as long as an application needs to answer what it brought: that goes out on the same link.
    private static readonly TimeSpan Lingering = TimeSpan.FromMilliseconds(50);

    private readonly SerialDisposable lingering = new();
    private bool isLingering;
    private TimeSpan tick;
    private TimeSpan untilTick;
    private int keep = UsualKeepSeconds;

    private void Linger()
    {
        if (isLingering)
            return;
        isLingering = true;
        lingering.Disposable = Timer(Lingering).Subscribe(_ => HangUp());
    }

    private void StopLingering()
    {
        isLingering = false;
        lingering.Disposable = Disposable.Empty;
    }

    // Ticks lie on the schedule, whatever polls there were in between; those that were missed are not made up for. A clock that was set back must not
    // make the next one as much later.
    private TimeSpan UntilNextTick()
    {
        var age = record.Age(clock.Now);
        if (tick - age > untilTick)
            tick = age;
        if (tick <= age)
            (tick, untilTick) = options.Schedule.TickAfter(tick, age, Cap, options.Entropy.Fraction());
        return tick - age;
    }

    // What the server keeps anyway need not be asked for.
    private int? KeepNeeded()
    {
        var seconds = (int)Math.Ceiling(2 * options.Schedule.LongestInterval.TotalSeconds);
        return seconds > UsualKeepSeconds ? seconds : null;
    }

    private TimeSpan Cap => TimeSpan.FromSeconds(keep / 2.0);

    private PollInterval IntervalNow() => new(Shorter(options.Schedule.IntervalAt(record.Age(clock.Now)), Cap), Cap);

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
