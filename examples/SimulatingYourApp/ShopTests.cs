using NUnit.Framework;
using RxWormhole.Testing;

namespace RxWormhole.Examples.SimulatingYourApp;

public class ShopTests
{
    #region worlds
    [Test]
    public void AnythingGoesWrong_TheTillHasWhatTheShopSold([Range(1, 200)] int seed)
    {
        using var world = new VirtualWorld(seed);
        var (shop, till) = (new Shop("tea", "cake", "tea"), new Till());
        world.AddProcess("shop", process => shop.RunAsync(Options(process), process.Stored(), code => process.Tell("code", code)));
        world.AddProcess("till", process => till.RunAsync(Options(process), process.Stored(), process.Hear("code"), shop.Sold.Count));
        world.InjectAny(4);

        world.Run();
        world.Settle(TimeSpan.FromHours(1));
        Assert.That(till.Booked.Values, Is.EqualTo(shop.Sold), () => world.Describe("They do not agree."));
        Assert.That(world.LeftBehind, Is.Empty, () => world.Describe("Something is left behind."));
    }

    private static WormholeOptions Options(VirtualProcess process) => process.Options("example.com/shop") with
    {
        Journal = process.Journal(),
        Mode = LinkMode.Poll,
        Timeout = TimeSpan.FromHours(1),
    };
    #endregion
}
