using System.Reactive.Concurrency;
using System.Reactive.Linq;
using RxWormhole;
using RxWormhole.Examples;
using RxWormhole.Examples.ViewModel;

var options = Rendezvous.Options(args);

// Stands for a window's thread; a real one is new SynchronizationContextScheduler(SynchronizationContext.Current).
using var userInterface = new EventLoopScheduler();
await using var wormhole = Wormhole.Create(options);
using var viewModel = new PairingViewModel(wormhole, userInterface);

// Stands for the window: a line for each change.
viewModel.PropertyChanged += (_, change) =>
{
    var value = typeof(PairingViewModel).GetProperty(change.PropertyName!)!.GetValue(viewModel);
    Console.WriteLine($"  {change.PropertyName,-8}  {value}");
};

Console.WriteLine("A window follows a session:");
var code = await wormhole.AllocateCode();
await using var friend = Wormhole.Create(options);
await friend.SetCode(code);
await wormhole.Send("Hello from the window");
await friend.Receive();
await wormhole.Close();
await wormhole.Status.ObserveOn(userInterface);
