using System.Collections.Immutable;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>All ways to the other side at once, and the first that stands is used.</summary>
/// <remarks>Source: transit, sections 4.6 and 4.8. Disposing gives up every connection but the one that won.</remarks>
internal sealed class TransitRace : IDisposable
{
    // Nobody but the other side has a reason to come; of more the oldest go, because a handshake takes no time where it is honest.
    private const int MostInbound = 64;

    // Enough to see what is wrong.
    private const int MostReasons = 5;

    private readonly TransitEnvironment env;
    private readonly TransitRole role;
    private readonly TransitKeys keys;
    private readonly TransitPlan plan;
    private readonly IObservable<ITransitConnection>? inbound;
    private readonly byte[] relaySide;
    private readonly CompositeDisposable contenders = [];
    private readonly Queue<Contender> guests = new();
    private readonly List<string> reasons = [];
    private TransitWinner? winner;
    private bool isWon;

    /// <summary>Prepares the race.</summary>
    /// <param name="env">What the session gives.</param>
    /// <param name="role">Our role.</param>
    /// <param name="keys">The keys, which are the race's from here on.</param>
    /// <param name="plan">What to dial.</param>
    /// <param name="inbound">Who dials us, or null where nobody can.</param>
    internal TransitRace(TransitEnvironment env, TransitRole role, TransitKeys keys, TransitPlan plan, IObservable<ITransitConnection>? inbound)
    {
        this.env = env;
        this.role = role;
        this.keys = keys;
        this.plan = plan;
        this.inbound = inbound;
        relaySide = env.Entropy.Draw(TransitKeys.SideLength);
    }

    /// <summary>Runs the race, once.</summary>
    /// <remarks>value: the winner, when the others were given up. completion: behind it. error: a <see cref="TransitException"/>; there is no way, or none was found in time.</remarks>
    internal IObservable<TransitWinner> Run()
    {
        if (plan.IsEmpty && inbound is null)
            return Observable.Throw<TransitWinner>(new TransitException(TransitFault.NoWay, NoWay()));
        ImmutableArray<IObservable<Contender>> stages = [.. plan.Relays.Select(group => Dialled(group, isRelayed: true))];
        if (!plan.Direct.IsEmpty)
            stages = stages.Insert(0, Dialled([.. plan.Direct], isRelayed: false));
        return Staggered(stages, 0)
            .Merge(Inbound())
            .Select(Decide)
            .Concat()
            .Where(contender => contender.TryWin())
            .Take(1)
            .Select(Win)
            .Concat(Observable.Defer(() => isWon ? Observable.Empty<TransitWinner>() : NotConnected("every attempt failed")))
            .Timeout(env.Options.ConnectTimeout, Observable.Defer(() => NotConnected($"nothing came of it within {env.Options.ConnectTimeout.TotalSeconds:0.#} s")), env.Clock);
    }

    public void Dispose()
    {
        contenders.Dispose();
        if (isWon)
            winner?.DropUnlessTaken();
        else
            keys.Dispose();
    }

    // Each stage begins a head start behind the one before, or as soon as nothing is left of that.
    private IObservable<Contender> Staggered(ImmutableArray<IObservable<Contender>> stages, int next) => next == stages.Length
        ? Observable.Empty<Contender>()
        : stages[next].Publish(stage => stage.Merge(
            Observable.Timer(env.Options.HeadStart, env.Clock)
                .TakeUntil(stage.IgnoreElements().Materialize())
                .SelectMany(_ => Observable.Empty<Contender>())
                .Concat(Observable.Defer(() => Staggered(stages, next + 1)))));

    private IObservable<Contender> Dialled(ImmutableArray<TransitHint> ways, bool isRelayed) => ways
        .Select(way => Observable.Defer(() => env.Connector.Dial(way))
            .Take(1)
            .SelectMany(connection => Enter(connection, new TransitRoute(isRelayed, IsInbound: false, isRelayed ? TransitPlan.Describe(way) : connection.RemoteAddress)))
            .Catch<Contender, Exception>(exception => Dropped(TransitPlan.Describe(way), exception)))
        .ToArray()
        .Merge();

    private IObservable<Contender> Inbound() => inbound is null
        ? Observable.Empty<Contender>()
        : inbound
            .SelectMany(connection => Enter(connection, new TransitRoute(IsRelayed: false, IsInbound: true, connection.RemoteAddress)))
            .Catch<Contender, Exception>(exception => Dropped("our own port", exception));

    // A relay may take as long as the other side does to come; from there on, and for a direct connection from the beginning, a handshake takes a moment.
    private IObservable<Contender> Enter(ITransitConnection connection, TransitRoute route) => Observable.Defer(() =>
    {
        var handshake = route.IsRelayed ? new TransitHandshake(keys, role, relaySide) : new TransitHandshake(keys, role);
        var contender = new Contender(connection, route, handshake);
        contenders.Add(contender);
        if (route.IsInbound)
            MakeRoom(contender);
        var met = route.IsRelayed ? env.Connector.Pumping.Run(_ => contender.MeetAsync()) : Observable.Return(contender);
        return met
            .SelectMany(_ => Limited(env.Connector.Pumping.Run(_ => contender.ShakeAsync())))
            .Catch<Contender, Exception>(exception => GiveUp(contender, exception));
    });

    private void MakeRoom(Contender guest)
    {
        Contender? oldest = null;
        lock (guests)
        {
            guests.Enqueue(guest);
            if (guests.Count > MostInbound)
                oldest = guests.Dequeue();
        }

        if (oldest is not null)
            contenders.Remove(oldest);
    }

    // One decision at a time: when one connection fails while it is chosen, the next is.
    private IObservable<Contender> Decide(Contender contender) => role == TransitRole.Receiver
        ? Observable.Return(contender)
        : Limited(env.Connector.Pumping.Run(_ => contender.ChooseAsync()))
            .Catch<Contender, Exception>(exception => GiveUp(contender, exception));

    private IObservable<Contender> Limited(IObservable<Contender> work) =>
        work.Timeout(env.Options.HandshakeTimeout, Observable.Throw<Contender>(new IOException("the handshake took too long")), env.Clock);

    private IObservable<Contender> GiveUp(Contender contender, Exception reason)
    {
        contenders.Remove(contender);
        return Dropped(contender.Route.Address, reason);
    }

    private TransitWinner Win(Contender contender)
    {
        isWon = true;
        contenders.Dispose();
        env.Log.Connected(contender.Route);
        return winner = new TransitWinner(contender.Connection, contender.Route, contender.LeftOver, keys, role);
    }

    private IObservable<Contender> Dropped(string address, Exception exception)
    {
        var reason = Printable.Of(exception.Message);
        env.Log.Dropped(Printable.Of(address), reason);
        lock (reasons)
        {
            if (reasons.Count < MostReasons)
                reasons.Add($"{Printable.Of(address)}: {reason}");
        }

        return Observable.Empty<Contender>();
    }

    private IObservable<TransitWinner> NotConnected(string what)
    {
        string details;
        lock (reasons)
            details = reasons.Count == 0 ? "" : $" ({string.Join("; ", reasons)})";
        return Observable.Throw<TransitWinner>(new TransitException(TransitFault.NotConnected, $"No connection to the other side could be made: {what}{details}."));
    }

    private string NoWay() => env.Options.Paths switch
    {
        TransitPaths.Direct => "There is no direct way to the other side: neither can it be dialled, nor can it dial us, and relays are not allowed.",
        TransitPaths.Relay => "There is no relay, neither of ours nor of the other side, and direct connections are not allowed.",
        _ => "There is no way to the other side: neither can it be dialled, nor can it dial us, nor is there a relay.",
    };
}
