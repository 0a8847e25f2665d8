using System.Globalization;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using RxWormhole;
using RxWormhole.Examples;
using RxWormhole.Protocol;
using RxWormhole.Testing;

Console.WriteLine("A week in poll mode, in virtual time. Alice's program asks now and then; Bob comes by on Sunday.");
var clock = new HistoricalScheduler(new DateTimeOffset(2030, 7, 1, 9, 0, 0, TimeSpan.Zero));
var server = new VirtualRendezvous(clock, new() { Keep = new KeepPolicy(Usual: TimeSpan.FromMinutes(11), Longest: TimeSpan.FromDays(1)) });
var patient = server.OptionsFor("example.com/polling", "alice") with
{
    Mode = LinkMode.Poll,
    Schedule = PollingSchedule.Patient,
    Timeout = TimeSpan.FromDays(14),
};

using (var alice = Wormhole.Create(patient))
{
    alice.Status
        .Select(status => (status.Stage, Every: status.Polling?.InForce))
        .DistinctUntilChanged()
        .Subscribe(now => Note($"Alice: {now.Stage}{(now.Every is { } every ? $", asks every {every}" : "")}"));
    var code = alice.AllocateCode().Replay().AutoConnect(0);
    alice.Receive().Do(message => Note($"Alice was told: {message.Text}")).SelectMany(_ => alice.Close()).Subscribe();

    for (var day = 0; day < 6; day++)
    {
        var before = server.Client("alice").LinksMade;
        clock.AdvanceBy(TimeSpan.FromDays(1));
        Note($"Alice has asked {server.Client("alice").LinksMade - before} times since yesterday");
    }

    Wormhole.Use(
            patient with { Connector = server.Client("bob"), Entropy = SeededEntropy.Create(2), Mode = LinkMode.Push },
            bob => code.SelectMany(bob.SetCode).SelectMany(_ => bob.Send("Sorry, I was away.")))
        .Subscribe(_ => Note("Bob has sent a message"));
    clock.AdvanceBy(TimeSpan.FromDays(1));
    Note("nothing is left to do");
}

Console.WriteLine("\nNow live: both sides ask every half second and hang up in between.");
var live = Rendezvous.Options(args) with { Mode = LinkMode.Poll, Schedule = PollingSchedule.FaceToFace };
await using (var alice = Wormhole.Create(live))
await using (var bob = Wormhole.Create(live))
{
    await bob.SetCode(await alice.AllocateCode());
    await bob.Send("Here I am.");
    Console.WriteLine($"Alice was told: {(await alice.Receive()).Text}");
}

void Note(string what) => Console.WriteLine($"  {clock.Now.ToString("ddd HH:mm:ss", CultureInfo.InvariantCulture)}  {what}");
