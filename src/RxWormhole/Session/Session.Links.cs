using System.Reactive;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using RxWormhole.Protocol;

namespace RxWormhole;

// Links, one after the other: each runs the script; what lies between two of them depends on the mode.
internal sealed partial class Session
{
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(60);
    private const int MostRedialsWhileClosing = 3;

    private static readonly ClientVersion Implementation =
        new("rxwormhole", typeof(Session).Assembly.GetName().Version?.ToString(3) ?? "0");

    private readonly Subject<Unit> wake = new();
    private LinkState? link;
    private Subject<ReadOnlyMemory<byte>>? outbound;
    private Subject<Unit>? hangUp;
    private Subject<bool>? working;
    private int attempts;
    private int redialsWhileClosing;
    private bool isAwake;
    private bool wasEverWelcomed;
    private bool hasSynchronized;
    private bool hasLost;
    private Exception? lastLoss;
    private int failures;

    private void StartLinks()
    {
        tick = record.Age(clock.Now);
        lifetime.Add(lingering);
        lifetime.Add(Observable.Defer(Dial).Concat(Observable.Defer(Pause)).Repeat().Subscribe(OnLink, OnInternalFault));
    }

    private IObservable<LinkEvent> Dial()
    {
        attempts++;
        isAwake = false;
        StopLingering();
        outbound = new Subject<ReadOnlyMemory<byte>>();
        hangUp = new Subject<Unit>();
        working = new Subject<bool>();
        link = new LinkState
        {
            IsPoll = options.Mode == LinkMode.Poll,
            Keep = options.Mode == LinkMode.Poll ? KeepNeeded() : null,
            IsCautious = isRestored && !hasSynchronized,
        };
        SessionLog.Dialling(isRedial: lastLoss is not null);
        var attempt = attempts;
        Report(current => current with { Link = new LinkStatus.Dialling(attempt) });
        return options.Connector.Connect(record.Server, outbound)
            .Through(Step)
            .Watch(hangUp, working, Timer, () => clock.Now);
    }

    private void OnLink(LinkEvent happened)
    {
        switch (happened)
        {
            case LinkEvent.Frame frame:
                OnFrame(frame.Bytes.Span);
                break;
            case LinkEvent.Silence:
                Ping();
                break;
            case LinkEvent.Gone lost:
                OnGone(lost.Reason);
                break;
        }
    }

    private void OnFrame(ReadOnlySpan<byte> frame)
    {
        if (link is null)
            return;
        if (!MessageCodec.TryRead(frame, out var message, out var reason))
        {
            Fail(new ServerException(ServerFault.Protocol, $"The server sent {Printable.Of(reason)}.", Mood.Errory));
            return;
        }

        var worked = link.Works;
        link = link.On(message, record.Side);
        if (message is ServerMessage.Welcome greeting)
            OnWelcome(greeting.Info);
        else if (message is ServerMessage.Nameplates nameplates)
            OnNameplates(nameplates.Names);
        else
            OnAnswer(message);

        if (!worked && link is { Works: true })
        {
            attempts = 0;
            working?.OnNext(true);
        }
    }

    private void OnAnswer(ServerMessage message)
    {
        var before = record;
        var step = options.Rules.On(record, message);
        record = step.Record;
        if (record.Code is not null && before.Code is null)
            OnCode(record.Code);
        if (record.Mailbox is not null && before.Mailbox is null)
            OnClaimed();
        if (step.Echoed is not null)
            OnEchoed(step.Echoed);
        if (step.Fault is not null)
            Fail(step.Fault);
        else if (step.Peer is not null && !IsOver)
            exchange.OnMessage(step.Peer);
        if (before.Stage != record.Stage)
            Report(current => current with { Stage = record.Stage });
    }

    private void OnWelcome(WelcomeInfo info)
    {
        wasEverWelcomed = true;
        keep = info.MailboxKeepSeconds ?? UsualKeepSeconds;
        log.Connected();
        if (info.Error is not null)
        {
            Fail(new ServerException(ServerFault.Refused, $"The server does not serve anybody at present: {Printable.Of(info.Error)}", Mood.Unwelcome));
        }
        else
        {
            Report(current => current with { Link = new LinkStatus.Up(info), Polling = options.Mode == LinkMode.Poll ? IntervalNow() : null });
            effects.Add(() =>
            {
                welcome.OnNext(info);
                welcome.OnCompleted();
            });
        }

        ShowPermission(info.Permission);
    }

    private void PlayScript()
    {
        if (link is null || IsGone)
            return;
        var step = options.Rules.Next(record, link, Implementation, lists);
        record = step.Record;
        link = step.Link;
        hasSynchronized |= link.IsSynchronized;
        hasLost |= link.HasLost;
        var to = outbound!;
        foreach (var command in step.Commands)
            effects.Add(() => to.OnNext(MessageCodec.Write(command)));
        Obey(step.Verdict);
    }

    private void Obey(LinkVerdict verdict)
    {
        switch (verdict)
        {
            case LinkVerdict.Stay:
                StopLingering();
                break;
            case LinkVerdict.HangUp:
                Linger();
                break;
            case LinkVerdict.Redial:
                isAwake = true;
                HangUp();
                break;
            case LinkVerdict.Finished:
                Leave(isAcknowledged: true);
                break;
        }
    }

    private void HangUp()
    {
        if (link is null)
            return;
        link = null;
        var ending = hangUp!;
        effects.Add(() => Step(() => ending.OnNext(Unit.Default)));
    }

    private void Ping()
    {
        if (link is not { IsBound: true })
            return;
        link = link with { Pings = link.Pings + 1 };
        var (to, value) = (outbound!, link.Pings.ToString(System.Globalization.CultureInfo.InvariantCulture));
        effects.Add(() => to.OnNext(MessageCodec.Write(new ClientMessage.Ping(value))));
    }

    // Lost, or never made. What was said on it is forgotten; what must not be is in the record.
    private void OnGone(Exception? reason)
    {
        var wasWelcomed = link is null or { IsWelcomed: true };
        var isOurs = link is null;
        failures = link is null or { Works: true } ? 1 : failures + 1;
        link = null;
        lastLoss = isOurs ? null : reason ?? new LinkException("the server hung up");
        if (IsGone)
            return;
        if (record.Mood is not null)
        {
            // Closing waits for a link, but not for a server that cannot be reached.
            if (!wasWelcomed || ++redialsWhileClosing > MostRedialsWhileClosing)
                Leave(isAcknowledged: false);
            return;
        }

        if (reason is LinkException { IsFatal: true })
        {
            Fail(new ServerException(ServerFault.Protocol, $"The link to the server cannot work: {Printable.Of(Describe(reason))}.", Mood.Errory, reason));
        }
        else if (!wasEverWelcomed && !isRestored && options.Mode == LinkMode.Push)
        {
            Fail(new ServerException(
                ServerFault.Unreachable,
                $"The rendezvous server {record.Server} could not be reached: {Printable.Of(Describe(lastLoss!))}. Check the address and the network.",
                Mood.Lonely,
                reason));
        }
    }

    private IObservable<LinkEvent> Pause()
    {
        if (IsGone)
            return Observable.Never<LinkEvent>();
        var wait = record.Mood is not null ? TimeSpan.Zero
            : options.Mode == LinkMode.Poll ? Longer(isAwake ? TimeSpan.Zero : UntilNextTick(), Asked() ?? TimeSpan.Zero)
            : isAwake ? TimeSpan.Zero
            : BackOff();
        var loss = lastLoss;
        Report(current => current with
        {
            Link = loss is not null ? new LinkStatus.Lost(Printable.Of(Describe(loss)), wait) : new LinkStatus.Resting(wait),
            Polling = options.Mode == LinkMode.Poll ? IntervalNow() : null,
        });
        if (loss is not null)
            log.Lost(Describe(loss), wait);
        return Timer(wait).TakeUntil(wake).SelectMany(_ => Observable.Empty<LinkEvent>());
    }

    // New work does not wait for a tick, nor closing for the end of a pause.
    private void Wake()
    {
        if (link is not null || (options.Mode == LinkMode.Push && record.Mood is null))
            return;
        isAwake = true;
        effects.Add(() => Step(() => wake.OnNext(Unit.Default)));
    }

    private TimeSpan BackOff()
    {
        if (Asked() is { } asked)
            return asked;
        var seconds = Math.Min(Math.Pow(1.5, failures), LongestBackOff.TotalSeconds);
        return TimeSpan.FromSeconds(seconds + options.Entropy.Fraction());
    }

    // When the server asked to come back, if it did.
    private TimeSpan? Asked() => lastLoss is LinkException { RetryAfter: { } after } asked ? after + asked.RetrySpread * options.Entropy.Fraction() : null;

    // Connectors often say in their own words what they were told in the same ones.
    private static string Describe(Exception exception) => exception.InnerException is { } inner and not AggregateException && inner.Message != exception.Message
        ? $"{exception.Message} ({inner.Message})"
        : exception.Message;
}
