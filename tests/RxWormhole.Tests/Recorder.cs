using System.Reactive;

namespace RxWormhole.Tests;

/// <summary>Writes down what an observer gets and when, and checks the observable contract while it does.</summary>
internal sealed class Recorder<T>(Func<double> now) : IObserver<T>
{
    private readonly List<(double At, Notification<T> What)> notifications = [];
    private bool isBusy;

    /// <summary>A copy: another thread may be adding.</summary>
    internal IReadOnlyList<(double At, Notification<T> What)> Notifications
    {
        get
        {
            lock (notifications)
                return [.. notifications];
        }
    }

    internal IReadOnlyList<T> Values => [.. Notifications.Where(each => each.What.HasValue).Select(each => each.What.Value)];

    internal Exception? Error => Notifications.Select(each => each.What.Exception).LastOrDefault(error => error is not null);

    internal bool IsCompleted => Notifications.Any(each => each.What.Kind == NotificationKind.OnCompleted);

    internal bool IsOver => Error is not null || IsCompleted;

    internal double EndedAt => Notifications.Single(each => each.What.Kind != NotificationKind.OnNext).At;

    /// <summary>Called for each value, behind the writing down.</summary>
    internal Action<T> OnValue { get; set; } = _ => { };

    public void OnNext(T value) => Add(Notification.CreateOnNext(value), () => OnValue(value));

    public void OnError(Exception error)
    {
        Assert.That(error, Is.Not.Null, "an error without an exception");
        Add(Notification.CreateOnError<T>(error), () => { });
    }

    public void OnCompleted() => Add(Notification.CreateOnCompleted<T>(), () => { });

    private void Add(Notification<T> notification, Action then)
    {
        Assert.That(isBusy, Is.False, "notifications overlap");
        Assert.That(IsOver, Is.False, "something comes after the end");
        isBusy = true;
        lock (notifications)
            notifications.Add((now(), notification));
        then();
        isBusy = false;
    }
}
