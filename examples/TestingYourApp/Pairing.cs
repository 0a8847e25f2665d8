using System.Reactive.Linq;

namespace RxWormhole.Examples.TestingYourApp;

/// <summary>An application's own flow: two devices learn each other's name and keep a common key.</summary>
public static class Pairing
{
    public static IObservable<Device> Invite(WormholeOptions options, string name, Action<string> show) =>
        Wormhole.Use(options, wormhole =>
            from code in wormhole.AllocateCode().Do(show)
            from other in Introduce(wormhole, name)
            select other);

    public static IObservable<Device> Join(WormholeOptions options, string name, string code) =>
        Wormhole.Use(options, wormhole =>
            from known in wormhole.SetCode(code)
            from other in Introduce(wormhole, name)
            select other);

    private static IObservable<Device> Introduce(Wormhole wormhole, string name) =>
        from sent in wormhole.Send(name)
        from theirs in wormhole.Receive()
        from key in wormhole.DeriveKey("device key", 32)
        select new Device(theirs.Text, Convert.ToHexString(key));
}

public sealed record Device(string Name, string Key);
