using System.Reactive.Linq;
using RxWormhole;
using RxWormhole.Server;

#region A server inside this process, on a free port
await using var server = await WormholeServer.StartAsync();
var options = new WormholeOptions { AppId = "example.com/rxwormhole", Rendezvous = server.Mailbox };
#endregion

if (args is [var other, ..])
    options = options with { Rendezvous = new Uri(other) };
Console.WriteLine($"Two programs that share nothing but a short code are about to meet at {options.Rendezvous}.\n");

await using var alice = Wormhole.Create(options);
await using var bob = Wormhole.Create(options);

var code = await alice.AllocateCode();
Say("Alice", $"gets a code from the server: {code}");
Say("", "(she reads it to Bob over the telephone)");
await bob.SetCode(code);
Say("Bob", $"types {code}");

var (hers, his) = (await alice.Verifier, await bob.Verifier);
Say("Alice", $"sees the verifier: {hers.Words}");
Say("Bob", $"sees the verifier: {his.Words}");
Say("", hers.Equals(his) ? "(the same, so nobody is in between, the server included)" : "(not the same: somebody is in between)");

await alice.Send("Hello Bob, this is Alice.");
Say("Bob", $"hears: {(await bob.Receive()).Text}");
await bob.Send("Hello Alice, I hear you.");
Say("Alice", $"hears: {(await alice.Receive()).Text}");

var (hersKey, hisKey) = (await alice.DeriveKey("backup", 16), await bob.DeriveKey("backup", 16));
Say("", $"(both can derive keys for other purposes; are they equal? {hersKey.SequenceEqual(hisKey)})");

Say("Alice", $"closes: {(await alice.Close()).Mood}");
Say("Bob", $"closes: {(await bob.Close()).Mood}");
return hers.Equals(his) ? 0 : 1;

static void Say(string who, string what) => Console.WriteLine($"  {who,-5}  {what}");
