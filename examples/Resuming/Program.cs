using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using RxWormhole;
using RxWormhole.Examples;

// A folder that only we can read: a checkpoint is as secret as the session.
var folder = Directory.CreateTempSubdirectory("rxwormhole-");
var journal = Path.Combine(folder.FullName, "session.json");
using var disk = new EventLoopScheduler();
var options = Rendezvous.Options(args);
var journalled = options with { Journal = Save };

Console.WriteLine("Alice's program starts.");
IObservable<string> bob;
using (var alice = Wormhole.Create(journalled))
{
    bob = Bob(await alice.AllocateCode()).Replay().AutoConnect(0);
    await alice.Send("Are you there?");
    Console.WriteLine("She has asked something, and before she hears the answer her machine loses power.");
}

var saved = await Observable.Start(() => File.ReadAllText(journal), disk);
Console.WriteLine($"Nothing of it runs any more. On the disk: {saved.Length} bytes.");

Console.WriteLine("Alice's program starts again.");
await using (var alice = Wormhole.Restore(Checkpoint.Parse(saved), journalled))
{
    await alice.Resume();
    await alice.Receive().Do(Heard("Alice"));
    await alice.Send("Good night.");
}

await bob;
Console.WriteLine($"The session is over, so there is no journal any more: {!File.Exists(journal)}");
folder.Delete(recursive: true);

// Bob notices nothing of all this.
IObservable<string> Bob(string code) => Wormhole.Use(options, wormhole =>
    from known in wormhole.SetCode(code)
    from question in wormhole.Receive().Do(Heard("Bob"))
    from answered in wormhole.Send("I am.")
    from farewell in wormhole.Receive().Do(Heard("Bob"))
    select farewell.Text);

#region journal
// The session goes on when this completes. One thread writes, so nothing overtakes; a file that is moved is there entirely or not at all.
IObservable<Unit> Save(Checkpoint checkpoint) => Observable.Start(() =>
{
    File.WriteAllText(journal + ".new", checkpoint.ToJson());
    File.Move(journal + ".new", journal, overwrite: true);
    if (checkpoint.IsEnded)
        File.Delete(journal);
}, disk);
#endregion

static Action<WormholeMessage> Heard(string who) => message => Console.WriteLine($"{who} hears: {message.Text}");
