using System.Reactive.Concurrency;

namespace RxWormhole.Tests.Record;

/// <summary>A scheduler whose clock shows another time than that of the one it runs on, as after a suspend, on another machine, or when somebody sets it.</summary>
internal sealed class SetClock(IScheduler inner) : IScheduler
{
    internal TimeSpan Off { get; set; }

    public DateTimeOffset Now => inner.Now + Off;

    public IDisposable Schedule<TState>(TState state, Func<IScheduler, TState, IDisposable> action) =>
        inner.Schedule(state, (_, given) => action(this, given));

    public IDisposable Schedule<TState>(TState state, TimeSpan dueTime, Func<IScheduler, TState, IDisposable> action) =>
        inner.Schedule(state, dueTime, (_, given) => action(this, given));

    public IDisposable Schedule<TState>(TState state, DateTimeOffset dueTime, Func<IScheduler, TState, IDisposable> action) =>
        inner.Schedule(state, dueTime - Off, (_, given) => action(this, given));
}
