using System.Diagnostics;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using RxWormhole.Examples;
using RxWormhole.Examples.TestingYourApp;

Console.WriteLine("The application, live:");
var options = Rendezvous.Options(args);
var told = new Subject<string>();
told.SelectMany(code => Pairing.Join(options, "phone", code))
    .Merge(Pairing.Invite(options, "laptop", told.OnNext))
    .Do(device => Console.WriteLine($"  paired with the {device.Name}; the key begins with {device.Key[..8]}"))
    .Take(2)
    .Wait();

Console.WriteLine("Its tests, in virtual time (a test runner finds them too):");
Test(nameof(PairingTests.PhoneLosesItsLinkAgainAndAgain_BothKeepTheSameKey), tests => tests.PhoneLosesItsLinkAgainAndAgain_BothKeepTheSameKey());
Test(nameof(PairingTests.PhoneComesAfterFourMinutes_BothKeepTheSameKey), tests => tests.PhoneComesAfterFourMinutes_BothKeepTheSameKey());

static void Test(string name, Action<PairingTests> test)
{
    var watch = Stopwatch.StartNew();
    test(new PairingTests());
    Console.WriteLine($"  {name}: passed in {watch.ElapsedMilliseconds} ms");
}
