using System.Reactive.Linq;
using RxWormhole;
using RxWormhole.Examples;

// dotnet run --project examples/Blocking [server [code]]
// With a code that two people made up, this is one end only; the other one runs on another machine with the same arguments.
var options = Rendezvous.Options(args);
if (args is [_, var agreed])
{
    Console.WriteLine($"They said: {Bob(agreed)}");
    return;
}

var bob = Task.FromResult("");
Console.WriteLine($"Alice was told: {Alice()}");
Console.WriteLine($"Bob was told: {bob.Result}");

string Alice()
{
    #region blocking
    using var wormhole = Wormhole.Create(options);
    var code = wormhole.AllocateCode().Wait();
    Show(code);
    wormhole.Send("Hello from Alice").Wait();
    var theirs = wormhole.Receive().Wait();
    wormhole.Close().Wait();
    return theirs.Text;
    #endregion
}

string Bob(string code)
{
    #region blocking-other
    using var wormhole = Wormhole.Create(options);
    wormhole.SetCode(code).Wait();
    wormhole.Send("Hello from Bob").Wait();
    var theirs = wormhole.Receive().Wait();
    wormhole.Close().Wait();
    return theirs.Text;
    #endregion
}

// Alice shows the code to her human, who tells Bob's.
void Show(string code)
{
    Console.WriteLine($"The code is {code}");
    bob = Task.Run(() => Bob(code));
}
