using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using System.Runtime.InteropServices;

namespace RxWormhole.Cli;

/// <summary>Ctrl-C, and being told to end by the system. Whoever asks twice is not kept waiting.</summary>
internal sealed class Interrupts : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1.9);

    private readonly AsyncSubject<Unit> asked = new();
    private readonly PosixSignalRegistration[] registrations;
    private int count;

    internal Interrupts() => registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, On),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, On),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, On),
    ];

    /// <summary>Says so once.</summary>
    /// <remarks>value: one, replayed. completion: along with it. error: never.</remarks>
    internal IObservable<Unit> Asked => asked.AsObservable();

    public void Dispose()
    {
        foreach (var registration in registrations)
            registration.Dispose();
    }

    private void On(PosixSignalContext context)
    {
        if (Interlocked.Increment(ref count) > 1)
            Environment.Exit((int)ExitCode.Interrupted);
        context.Cancel = true;
        // Whatever hangs, a pipe that nobody reads for instance: nobody waits longer than this.
        DefaultScheduler.Instance.Schedule(Longest, static () => Environment.Exit((int)ExitCode.Interrupted));
        asked.OnNext(Unit.Default);
        asked.OnCompleted();
    }
}
