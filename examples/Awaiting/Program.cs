using System.Reactive.Linq;
using RxWormhole;
using RxWormhole.Examples;

// dotnet run --project examples/Awaiting [server [code]]
// With a code that two people made up, this is one end only; the other one runs on another machine with the same arguments.
var options = Rendezvous.Options(args);
if (args is [_, var agreed])
{
    Console.WriteLine($"They said: {await Bob(agreed)}");
    return;
}

var bob = Task.FromResult("");
Console.WriteLine($"Alice was told: {await Alice()}");
Console.WriteLine($"Bob was told: {await bob}");

async Task<string> Alice()
{
    #region awaiting
    await using var wormhole = Wormhole.Create(options);
    var code = await wormhole.AllocateCode();
    Show(code);
    await wormhole.Send("Hello from Alice");
    var theirs = await wormhole.Receive();
    await wormhole.Close();
    return theirs.Text;
    #endregion
}

async Task<string> Bob(string code)
{
    #region awaiting-other
    await using var wormhole = Wormhole.Create(options);
    await wormhole.SetCode(code);
    await wormhole.Send("Hello from Bob");
    var theirs = await wormhole.Receive();
    await wormhole.Close();
    return theirs.Text;
    #endregion
}

// Alice shows the code to her human, who tells Bob's.
void Show(string code)
{
    Console.WriteLine($"The code is {code}");
    bob = Bob(code);
}
