using System.Reactive;
using System.Reactive.Disposables;
using System.Reactive.Linq;

namespace RxWormhole;

internal static class LinkWatchOperator
{
    /// <summary>How long a new link whose first ping is not answered yet may be silent: on a slow one, much may have to be played back before the answer.</summary>
    internal static readonly TimeSpan UntilWorking = TimeSpan.FromSeconds(20);

    /// <summary>After how long a silence a working link is pinged.</summary>
    internal static readonly TimeSpan UntilPing = TimeSpan.FromSeconds(30);

    /// <summary>How long after such a ping a link that stays silent is lost.</summary>
    internal static readonly TimeSpan UntilLost = TimeSpan.FromSeconds(60);

    /// <summary>Watches whether a link lives. It stands above the connectors, so that virtual time tests it with every one of them.</summary>
    /// <param name="frames">The link's frames.</param>
    /// <param name="hangUp">Yields when the link is to end.</param>
    /// <param name="working">Yields when the first ping was answered; and before, whenever the wait is not the server's fault.</param>
    /// <param name="timer">Makes a timer; its elements, the frames and those of the other streams must not overlap.</param>
    /// <param name="now">The time.</param>
    /// <remarks>
    /// value: each frame; <see cref="LinkEvent.Silence"/> when a ping is due; last of all <see cref="LinkEvent.Gone"/>, with the link's error, or a
    /// <see cref="LinkException"/> when it has been silent for too long. completion: behind it. error: never.
    /// </remarks>
    internal static IObservable<LinkEvent> Watch(
        this IObservable<ReadOnlyMemory<byte>> frames,
        IObservable<Unit> hangUp,
        IObservable<bool> working,
        Func<TimeSpan, IObservable<long>> timer,
        Func<DateTimeOffset> now) =>
        Observable.Create<LinkEvent>(observer =>
        {
            var alarm = new SerialDisposable();
            var last = now();
            var isWorking = false;
            var isPinged = false;

            void Arm(TimeSpan after) => alarm.Disposable = timer(after).Subscribe(_ => Due());

            // The alarm is not set anew for every frame, only when it goes off too early.
            void Due()
            {
                // A clock that was set back must not make the link look alive for as long.
                last = now() < last ? now() : last;
                var silent = now() - last;
                var allowed = !isWorking ? UntilWorking : isPinged ? UntilLost : UntilPing;
                if (silent < allowed)
                {
                    Arm(allowed - silent);
                }
                else if (isWorking && !isPinged)
                {
                    isPinged = true;
                    last = now();
                    observer.OnNext(new LinkEvent.Silence());
                    Arm(UntilPing);
                }
                else
                {
                    End(new LinkException($"no answer for {allowed.TotalSeconds:F0} s"));
                }
            }

            void End(Exception? reason)
            {
                observer.OnNext(new LinkEvent.Gone(reason));
                observer.OnCompleted();
            }

            Arm(UntilWorking);
            return new CompositeDisposable(
                alarm,
                hangUp.Subscribe(_ => End(null)),
                working.Subscribe(works =>
                {
                    isWorking |= works;
                    last = now();
                    Arm(isWorking ? UntilPing : UntilWorking);
                }),
                frames.Subscribe(
                    frame =>
                    {
                        last = now();
                        isPinged = false;
                        observer.OnNext(new LinkEvent.Frame(frame));
                    },
                    End,
                    () => End(null)));
        });
}
