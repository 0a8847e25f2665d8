using System.Reactive.Linq;
using System.Reactive.Subjects;
using System.Reactive.Threading.Tasks;
using Microsoft.Reactive.Testing;
using NUnit.Framework;
using RxWormhole.Testing;

namespace RxWormhole.Examples.TestingYourApp;

public class PairingTests
{
    #region query
    [Test]
    public void PhoneLosesItsLinkAgainAndAgain_BothKeepTheSameKey()
    {
        var clock = new TestScheduler();
        var server = new VirtualRendezvous(clock);
        server.Client("phone").Faults = new LinkFaults { CutAfter = [2, 5, 9, 14] };
        var told = new Subject<string>();

        var phone = told.Take(1).SelectMany(code => Pairing.Join(server.OptionsFor("example.com/app", "phone"), "phone", code));
        var laptop = Pairing.Invite(server.OptionsFor("example.com/app", "laptop"), "laptop", told.OnNext);
        var (seenByPhone, seenByLaptop) = clock.Run(phone.Zip(laptop));

        Assert.That((seenByPhone.Name, seenByLaptop.Name), Is.EqualTo(("laptop", "phone")));
        Assert.That(seenByPhone.Key, Is.EqualTo(seenByLaptop.Key));
        Assert.That(server.LeftBehind, Is.Empty, () => server.Transcript.ToString());
    }
    #endregion

    #region await
    [Test]
    public void PhoneComesAfterFourMinutes_BothKeepTheSameKey()
    {
        var clock = new TestScheduler();
        var server = new VirtualRendezvous(clock);
        var told = new TaskCompletionSource<string>();
        clock.Run(async () =>
        {
            var laptop = Pairing.Invite(server.OptionsFor("example.com/app", "laptop"), "laptop", told.SetResult).ToTask();
            var code = await told.Task;
            await Observable.Timer(TimeSpan.FromMinutes(4), clock);
            var seenByPhone = await Pairing.Join(server.OptionsFor("example.com/app", "phone"), "phone", code);

            Assert.That(seenByPhone.Key, Is.EqualTo((await laptop).Key));
        });
        Assert.That(server.LeftBehind, Is.Empty, () => server.Transcript.ToString());
    }
    #endregion
}
