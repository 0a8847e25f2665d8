using System.Reactive.Linq;
using System.Reactive.Subjects;
using RxWormhole;
using RxWormhole.Protocol;
using RxWormhole.Server;

// dotnet run --project examples/SendingFiles                     both ends in this process
// dotnet run --project examples/SendingFiles -- send PATH...     one end; the other may be this program, or the Python or Go command line
// dotnet run --project examples/SendingFiles -- receive CODE
var options = WormholeOptions.ForFiles;
if (args is ["send", _, ..])
{
    await Send(args[1..], given => Console.WriteLine($"The code is {given}")).Do(Show);
    return;
}

if (args is ["receive", var known])
{
    await Receive(known, ".").Do(Show);
    return;
}

await using var server = await WormholeServer.StartAsync();
options = options with { Rendezvous = server.Mailbox, Transit = new TransitOptions { Relays = [RelayHint.Parse(server.Relay!)] } };
var (from, to) = (Directory.CreateTempSubdirectory(), Directory.CreateTempSubdirectory());
File.WriteAllText(Path.Combine(from.FullName, "letter.txt"), "Dear Bob, this is a file.");
File.WriteAllBytes(Path.Combine(from.FullName, "photo.raw"), new byte[20_000_000]);

var told = new AsyncSubject<string>();
var sending = Send([.. from.GetFiles().Select(file => file.FullName)], given =>
{
    Console.WriteLine($"The code is {given}");
    told.OnNext(given);
    told.OnCompleted();
});
await sending.Merge(told.SelectMany(given => Receive(given, to.FullName))).Do(Show);
Console.WriteLine($"Bob reads: {File.ReadAllText(Path.Combine(to.FullName, "letter.txt"))}");
from.Delete(recursive: true);
to.Delete(recursive: true);

IObservable<TransferProgress> Send(string[] paths, Action<string> show) =>
    #region sending-files
    Wormhole.Use(options, wormhole =>
        from code in wormhole.AllocateCode().Do(show)
        from progress in wormhole.SendFiles(paths)
        select progress);
    #endregion

IObservable<TransferProgress> Receive(string code, string folder) =>
    #region receiving-files
    Wormhole.Use(options, wormhole =>
        from known in wormhole.SetCode(code)
        from offer in wormhole.ReceiveOffer(new ReceiveOptions { Folder = folder, Existing = ExistingPolicy.Rename })
        from progress in offer is IncomingContent content ? content.Accept() : Observable.Empty<TransferProgress>()
        select progress);
    #endregion

static void Show(TransferProgress progress) =>
    Console.WriteLine($"{progress.Stage,-10} {progress.Bytes,10} of {progress.Total} bytes {progress.Route} {progress.Path}");
