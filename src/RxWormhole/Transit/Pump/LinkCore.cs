using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using System.Reactive.Subjects;

namespace RxWormhole;

/// <summary>What a link consists of, and its end: the first failure is everybody's.</summary>
internal sealed class LinkCore
{
    // How long a stream that does not return may hold back the news that the link has failed.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly CancellationTokenSource ending = new();
    private readonly AsyncSubject<Unit> ended = new();
    private readonly ITransitConnection connection;
    private readonly PumpMode mode;
    private Exception? failure;
    private AsyncSubject<Unit>? quiet;
    private int running;

    internal LinkCore(ITransitConnection connection, RecordInput input, RecordOutput output, PumpMode mode, TimeSpan silence, IScheduler clock)
    {
        this.connection = connection;
        this.mode = mode;
        Input = input;
        Output = output;
        Silence = silence;
        Clock = clock;
    }

    internal RecordInput Input { get; }

    internal RecordOutput Output { get; }

    internal Lane In { get; } = new();

    internal Lane Out { get; } = new();

    internal TimeSpan Silence { get; }

    internal IScheduler Clock { get; }

    internal PumpMode Mode => mode;

    /// <summary>What the link ended with, or null.</summary>
    internal Exception? Failure => Volatile.Read(ref failure);

    /// <summary>Cancelled when the link has ended.</summary>
    internal CancellationToken Ended => ending.Token;

    /// <summary>Fails when the link has ended and whatever ran has had the time to stop.</summary>
    internal IObservable<T> Failed<T>() => ended
        .SelectMany(_ => Quiet().Amb(Observable.Timer(Grace, Clock).Select(_ => Unit.Default)))
        .SelectMany(_ => Observable.Throw<T>(failure!));

    /// <summary>Ends the link, with what failed first; says what that was.</summary>
    internal Exception End(Exception exception)
    {
        lock (gate)
        {
            if (failure is not null)
                return failure;
            failure = exception;
        }

        // Disposing makes what the connection is waiting for fail; cancelling, what streams are waiting for.
        connection.Dispose();
        ending.Cancel();
        ended.OnNext(Unit.Default);
        ended.OnCompleted();
        WipeWhenQuiet();
        return exception;
    }

    internal void End(TransitFault fault, string message) => End(new TransitException(fault, message));

    /// <summary>Describes work in a turn of its own; what it throws ends the link.</summary>
    /// <remarks>value: the result. completion: behind it. error: the link's failure. dispose: a turn that has not come never comes; otherwise the work goes on.</remarks>
    /// <param name="lane">The direction.</param>
    /// <param name="turn">Told the turn at once.</param>
    /// <param name="work">The work.</param>
    internal IObservable<T> InTurn<T>(Lane lane, Action<Lane.Turn> turn, Func<ValueTask<T>> work) => Observable.Create<T>(observer =>
    {
        var place = lane.Enter(mine => mode.Run(_ => GuardAsync(work, mine.Release)).Subscribe(observer));
        turn(place);
        return Disposable.Create(() => place.TryLeave());
    });

    /// <summary>Runs work; what it throws ends the link.</summary>
    internal async ValueTask<T> GuardAsync<T>(Func<ValueTask<T>> work, Action over)
    {
        try
        {
            Begin();
            try
            {
                return await work().ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Whatever it is, the link is of no use any more.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                throw End(exception);
            }
            finally
            {
                Stopped();
            }
        }
        finally
        {
            over();
        }
    }

    /// <summary>Runs work that does not wait; what it throws ends the link.</summary>
    internal T Guard<T>(Func<T> work)
    {
        Begin();
        try
        {
            return work();
        }
#pragma warning disable CA1031 // Whatever it is, the link is of no use any more.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            throw End(exception);
        }
        finally
        {
            Stopped();
        }
    }

    /// <summary>Says when nothing runs any more.</summary>
    internal IObservable<Unit> Quiet()
    {
        lock (gate)
            return running == 0 ? Observable.Return(Unit.Default) : quiet ??= new();
    }

    private void Begin()
    {
        lock (gate)
        {
            if (failure is not null)
                throw failure;
            running++;
        }
    }

    private void Stopped()
    {
        AsyncSubject<Unit>? waiting;
        lock (gate)
        {
            if (--running > 0)
                return;
            waiting = quiet;
            quiet = null;
        }

        WipeWhenQuiet();
        waiting?.OnNext(Unit.Default);
        waiting?.OnCompleted();
    }

    // A key that is wiped while it is used would seal with zeros.
    private void WipeWhenQuiet()
    {
        lock (gate)
        {
            if (running > 0 || failure is null)
                return;
        }

        Input.Dispose();
        Output.Dispose();
    }
}
