// One side of a session, with a journal in a file. It kills itself behind its n-th checkpoint, as kill -9 would; started again, it restores and goes on.
//
//     RxWormhole.Interop.Victim SERVER MODE FOLDER N     N = 0: lives to the end
//     RxWormhole.Interop.Victim SERVER ENDING            opens a session and forgets it: returns, exits or closes
using System.Diagnostics;
using System.Reactive.Linq;
using RxWormhole;
using RxWormhole.Interop.Victim;

if (args is [var forgotten, var ending])
{
    Forgetful.Run(new Uri(forgotten), ending);
    return;
}

const int Messages = 3;
var (server, mode, folder, death) = (new Uri(args[0]), Enum.Parse<LinkMode>(args[1]), args[2], int.Parse(args[3], System.Globalization.CultureInfo.InvariantCulture));
var (journal, inbox) = (Path.Combine(folder, "journal"), Path.Combine(folder, "inbox"));
var written = 0;

var options = new WormholeOptions
{
    AppId = "example.com/victim",
    Rendezvous = server,
    Mode = mode,
    Journal = checkpoint => Observable.Start(() => Store(checkpoint)),
};

var stored = File.Exists(journal) ? Checkpoint.Parse(File.ReadAllText(journal)) : null;
if (stored is { IsEnded: true })
    return;

await using var wormhole = stored is null ? Wormhole.Create(options) : Wormhole.Restore(stored, options);
for (var number = stored?.Accepted ?? 0; number < Messages; number++)
    _ = wormhole.Send($"ours {number}");
try
{
    Console.WriteLine($"code {await (stored is null ? wormhole.AllocateCode() : wormhole.Resume())}");
    Console.WriteLine($"verifier {(await wormhole.Verifier).Hex}");

    // What is stored with its index is taken once, however often it is handed over.
    for (var taken = stored?.Delivered ?? 0; taken < Messages; taken++)
    {
        var message = await wormhole.Receive();
        if (message.Index == Taken().Length)
            File.AppendAllText(inbox, $"{message.Index} {message.Text}\n");
        else if (message.Index > Taken().Length)
            throw new InvalidOperationException($"message {message.Index} came when {Taken().Length} was due");
    }
}
catch (WormholeClosedException)
{
    // The process died while it was closing; the restored session goes on with that.
}

Console.WriteLine($"closed {(await wormhole.Close()).Acknowledged}");

string[] Taken() => File.Exists(inbox) ? File.ReadAllLines(inbox) : [];

void Store(Checkpoint checkpoint)
{
    File.WriteAllText(journal + ".new", checkpoint.ToJson());
    File.Move(journal + ".new", journal, overwrite: true);
    if (++written == death)
        Process.GetCurrentProcess().Kill();
}
