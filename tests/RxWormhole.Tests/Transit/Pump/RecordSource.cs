using System.Threading.Tasks.Sources;
using RxWormhole.Protocol;

namespace RxWormhole.Tests.Transit;

/// <summary>A connection on which records come without end and anything may be written, always a moment later, on the thread pool and without allocating.</summary>
internal sealed class RecordSource : ITransitConnection
{
    private readonly byte[] record;
    private readonly RecordSealer sealer;
    private readonly LateTask reading = new();
    private readonly LateTask writing = new();
    private int at;

    internal RecordSource(byte[] key, int recordSize)
    {
        using var keys = new TransitKeys(key);
        sealer = new RecordSealer(keys.RecordKey(TransitRole.Sender));
        record = new byte[RecordSealer.Overhead + recordSize];
        at = record.Length;
    }

    public string RemoteAddress => "nowhere";

    public ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        var filled = 0;
        while (filled < buffer.Length)
        {
            if (at == record.Length)
            {
                sealer.Seal(record);
                at = 0;
            }

            var count = Math.Min(record.Length - at, buffer.Length - filled);
            record.AsSpan(at, count).CopyTo(buffer.Span[filled..]);
            at += count;
            filled += count;
        }

        return reading.Begin(filled);
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes) => writing.Begin();

    public void Dispose()
    {
    }

    private sealed class LateTask : IValueTaskSource<int>, IValueTaskSource, IThreadPoolWorkItem
    {
        private ManualResetValueTaskSourceCore<int> core;
        private int result;

        internal ValueTask<int> Begin(int count)
        {
            Queue(count);
            return new(this, core.Version);
        }

        internal ValueTask Begin()
        {
            Queue(0);
            return new(this, core.Version);
        }

        private void Queue(int count)
        {
            core.Reset();
            result = count;
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        public void Execute() => core.SetResult(result);

        public int GetResult(short token) => core.GetResult(token);

        void IValueTaskSource.GetResult(short token) => core.GetResult(token);

        public ValueTaskSourceStatus GetStatus(short token) => core.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            core.OnCompleted(continuation, state, token, flags);
    }
}
