using System.Threading.Tasks.Sources;

namespace RxWormhole;

/// <summary>Wakes one that waits, on the thread pool, as often as needed and without allocating.</summary>
internal sealed class Signal : IValueTaskSource<bool>
{
    private ManualResetValueTaskSourceCore<bool> core = new() { RunContinuationsAsynchronously = true };

    /// <summary>Waits for the next <see cref="Set"/>, which may have been before; to be awaited once.</summary>
    internal ValueTask<bool> WaitAsync() => new(this, core.Version);

    /// <summary>Wakes whoever waits. Once for each wait.</summary>
    /// <param name="value">What that one is told.</param>
    internal void Set(bool value) => core.SetResult(value);

    bool IValueTaskSource<bool>.GetResult(short token)
    {
        var value = core.GetResult(token);
        core.Reset();
        return value;
    }

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => core.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        core.OnCompleted(continuation, state, token, flags);
}
