using System.Reactive;
using System.Reactive.Linq;
using RxWormhole;
using RxWormhole.Examples;

// A folder that only we can read: a checkpoint is as secret as the session.
var folder = Directory.CreateTempSubdirectory("rxwormhole-");
var journal = Path.Combine(folder.FullName, "session.json");
var options = Rendezvous.Options(args);
var journalled = options with { Journal = Save };
var code = "";

Console.WriteLine("Alice's program starts.");
using (var alice = Wormhole.Create(journalled))
{
    code = await alice.AllocateCode();
    Console.WriteLine($"The code is {code}. She asks one question and sends another; then her machine loses power.");
    _ = alice.Send("Are you there?");
    await alice.Checkpoints.FirstAsync();
}

Console.WriteLine($"Nothing of it runs any more. On the disk: {new FileInfo(journal).Length} bytes.");

// Meanwhile Bob comes, and knows nothing of all this.
var bob = Wormhole.Use(options, wormhole =>
        from known in wormhole.SetCode(code)
        from question in wormhole.Receive().Do(Heard("Bob"))
        from answered in wormhole.Send("I am.")
        from thanks in wormhole.Receive().Do(Heard("Bob"))
        select Unit.Default)
    .Replay().AutoConnect(0);

Console.WriteLine("Alice's program starts again.");
await using (var alice = Wormhole.Restore(Checkpoint.Parse(File.ReadAllText(journal)), journalled))
{
    await alice.Resume();
    await alice.Receive().Do(Heard("Alice"));
    await alice.Send("Good night.");
}

await bob;
Console.WriteLine($"The session is over, so there is no journal any more: {!File.Exists(journal)}");
folder.Delete(recursive: true);

#region journal
// The session goes on when this completes. A file that is moved is there entirely or not at all.
IObservable<Unit> Save(Checkpoint checkpoint) => Observable.Start(() =>
{
    File.WriteAllText(journal + ".new", checkpoint.ToJson());
    File.Move(journal + ".new", journal, overwrite: true);
    if (checkpoint.IsEnded)
        File.Delete(journal);
});
#endregion

static Action<WormholeMessage> Heard(string who) => message => Console.WriteLine($"{who} hears: {message.Text}");
