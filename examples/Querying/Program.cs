using System.Reactive.Linq;
using System.Reactive.Subjects;
using RxWormhole;
using RxWormhole.Examples;

// dotnet run --project examples/Querying [server [code]]
// With a code that two people made up, this is one end only; the other one runs on another machine with the same arguments.
var options = Rendezvous.Options(args);
if (args is [_, var agreed])
{
    Bob(agreed).Do(theirs => Console.WriteLine($"They said: {theirs}")).Wait();
    return;
}

var told = new AsyncSubject<string>();
Observable.Merge(
        Alice().Select(theirs => $"Alice was told: {theirs}"),
        told.SelectMany(Bob).Select(theirs => $"Bob was told: {theirs}"))
    .Do(Console.WriteLine)
    .Wait();

IObservable<string> Alice() =>
    #region querying
    Wormhole.Use(options, wormhole =>
        from code in wormhole.AllocateCode().Do(Show)
        from sent in wormhole.Send("Hello from Alice")
        from theirs in wormhole.Receive()
        select theirs.Text);
    #endregion

IObservable<string> Bob(string code) =>
    #region querying-other
    Wormhole.Use(options, wormhole =>
        from known in wormhole.SetCode(code)
        from sent in wormhole.Send("Hello from Bob")
        from theirs in wormhole.Receive()
        select theirs.Text);
    #endregion

// Alice shows the code to her human, who tells Bob's.
void Show(string code)
{
    Console.WriteLine($"The code is {code}");
    told.OnNext(code);
    told.OnCompleted();
}
