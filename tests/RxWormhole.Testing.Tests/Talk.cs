using System.Reactive.Linq;

namespace RxWormhole.Testing.Tests;

/// <summary>A small session of two sides, as a user would write it.</summary>
internal static class Talk
{
    internal const string AppId = "example.com/talk";

    /// <summary>Pairs, says something each way, closes; gives what bob and then alice heard.</summary>
    internal static async Task<string[]> Between(VirtualRendezvous rendezvous, string alice = "alice", string bob = "bob")
    {
        using var a = Wormhole.Create(rendezvous.OptionsFor(AppId, alice));
        using var b = Wormhole.Create(rendezvous.OptionsFor(AppId, bob));
        await b.SetCode(await a.AllocateCode());
        return await Task.WhenAll(Exchange(a, $"of {alice}"), Exchange(b, $"of {bob}"));
    }

    private static async Task<string> Exchange(Wormhole wormhole, string mine)
    {
        await wormhole.Send(mine);
        var theirs = await wormhole.Receive();
        await wormhole.Close();
        return theirs.Text;
    }
}
