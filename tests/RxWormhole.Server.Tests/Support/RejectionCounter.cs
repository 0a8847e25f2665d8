using System.Diagnostics.Metrics;

namespace RxWormhole.Server.Tests;

/// <summary>Counts the clients that went beyond a limit, as an operator's instruments do.</summary>
internal sealed class RejectionCounter : IDisposable
{
    private readonly MeterListener listener = new();
    private long count;

    internal RejectionCounter()
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "rxwormhole.rejected")
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, measurement, _, _) => Interlocked.Add(ref count, measurement));
        listener.Start();
    }

    internal long Count => Interlocked.Read(ref count);

    internal void Reset() => Interlocked.Exchange(ref count, 0);

    public void Dispose() => listener.Dispose();
}
