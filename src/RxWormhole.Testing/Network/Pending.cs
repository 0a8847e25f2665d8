using System.Threading.Tasks.Sources;

namespace RxWormhole.Testing;

/// <summary>Something that is waited for, once at a time, without anything being allocated; who waits goes on where it happens.</summary>
internal sealed class Pending : IValueTaskSource<int>, IValueTaskSource
{
    private ManualResetValueTaskSourceCore<int> core;

    internal ValueTask<int> Begin()
    {
        core.Reset();
        return new ValueTask<int>(this, core.Version);
    }

    internal ValueTask BeginWithoutResult()
    {
        core.Reset();
        return new ValueTask(this, core.Version);
    }

    internal void Succeed(int result) => core.SetResult(result);

    internal void Fail(Exception exception) => core.SetException(exception);

    int IValueTaskSource<int>.GetResult(short token) => core.GetResult(token);

    void IValueTaskSource.GetResult(short token) => core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => core.GetStatus(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => core.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        core.OnCompleted(continuation, state, token, flags);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        core.OnCompleted(continuation, state, token, flags);
}
