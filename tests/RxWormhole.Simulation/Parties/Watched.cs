namespace RxWormhole.Simulation;

/// <summary>Follows a stream and holds it against what it promises.</summary>
/// <param name="name">Its name, for a violation.</param>
/// <param name="isOneShot">Whether it gives one value or an error, never nothing and never more.</param>
/// <param name="mayFail">Whether it may end with an error.</param>
/// <param name="violations">Gets what it does against its promise.</param>
internal sealed class Watched<T>(string name, bool isOneShot, bool mayFail, Violations violations) : IWatched, IObserver<T>
{
    private IObserver<T>? next;

    public string Name => name;

    public bool IsOver { get; private set; }

    public bool IsLeft { get; private set; }

    public Exception? Error { get; private set; }

    public bool HasValue => Count > 0;

    public bool OwesValue => mayFail;

    internal int Count { get; private set; }

    internal T? Last { get; private set; }

    internal Watched<T> To(IObserver<T> observer)
    {
        next = observer;
        return this;
    }

    internal void Leave() => IsLeft = true;

    public void OnNext(T value)
    {
        if (IsOver)
            violations.Add("promise", $"{name} gave a value behind its end");
        if (++Count > 1 && isOneShot)
            violations.Add("promise", $"{name} gave {Count} values");
        Last = value;
        next?.OnNext(value);
    }

    public void OnError(Exception error)
    {
        End();
        Error = error;
        if (!mayFail)
            violations.Add("promise", $"{name} failed: {error.Message}");
        else if (error is not WormholeException)
            violations.Add("error", $"{name} failed with {error.GetType().Name}: {error.Message}");
        else if (isOneShot && Count > 0)
            violations.Add("promise", $"{name} failed behind its value");
        next?.OnError(error);
    }

    public void OnCompleted()
    {
        End();
        if (isOneShot && Count == 0)
            violations.Add("promise", $"{name} completed without a value");
        next?.OnCompleted();
    }

    private void End()
    {
        if (IsOver)
            violations.Add("promise", $"{name} ended twice");
        IsOver = true;
    }
}
