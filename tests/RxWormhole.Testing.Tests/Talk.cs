using System.Reactive.Linq;

namespace RxWormhole.Testing.Tests;

/// <summary>A small session of two sides, as a user would write it.</summary>
internal static class Talk
{
    internal const string AppId = "example.com/talk";

    /// <summary>Pairs, says something each way, closes; gives what bob and then alice heard.</summary>
    internal static Task<string[]> Between(VirtualRendezvous rendezvous, string alice = "alice", string bob = "bob") =>
        Between(rendezvous.OptionsFor(AppId, alice), rendezvous.OptionsFor(AppId, bob), alice, bob);

    internal static async Task<string[]> Between(WormholeOptions alice, WormholeOptions bob, string aliceName = "alice", string bobName = "bob")
    {
        using var a = Wormhole.Create(alice);
        using var b = Wormhole.Create(bob);
        await b.SetCode(await a.AllocateCode());
        return await Task.WhenAll(Exchange(a, $"of {aliceName}"), Exchange(b, $"of {bobName}"));
    }

    private static async Task<string> Exchange(Wormhole wormhole, string mine)
    {
        await wormhole.Send(mine);
        var theirs = await wormhole.Receive();
        await wormhole.Close();
        return theirs.Text;
    }
}
