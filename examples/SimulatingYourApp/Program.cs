using System.Diagnostics;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using RxWormhole.Examples;
using RxWormhole.Examples.SimulatingYourApp;

Console.WriteLine("The application, live:");
var options = Rendezvous.Options(args);
var (shop, till) = (new Shop("tea", "cake", "tea"), new Till());
var code = new ReplaySubject<string>(1);
await Task.WhenAll(shop.RunAsync(options, null, code.OnNext), till.RunAsync(options, null, code.Take(1), shop.Sold.Count));
Console.WriteLine($"  the till has {string.Join(", ", till.Booked.Values)}");

Console.WriteLine("In worlds where its programs die, its network fails and its server crashes (a test runner finds them too):");
var watch = Stopwatch.StartNew();
foreach (var seed in Enumerable.Range(1, 200))
    new ShopTests().AnythingGoesWrong_TheTillHasWhatTheShopSold(seed);
Console.WriteLine($"  200 worlds, and nothing lost in any, in {watch.ElapsedMilliseconds} ms");
