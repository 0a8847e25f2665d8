using System.Reactive.Linq;

namespace RxWormhole.Examples.SimulatingYourApp;

/// <summary>An application's first program: tells a till what it sold. It may die at any moment, and goes on from its last checkpoint.</summary>
public sealed class Shop(params string[] sold)
{
    public IReadOnlyList<string> Sold => sold;

    public async Task RunAsync(WormholeOptions options, Checkpoint? last, Action<string> show)
    {
        if (last is { IsEnded: true })
            return;
        using var wormhole = last is null ? Wormhole.Create(options) : Wormhole.Restore(last, options);
        show(await (last is null ? wormhole.AllocateCode() : wormhole.Resume()));
        foreach (var item in sold.Skip(last?.Accepted ?? 0))
            await wormhole.Send(item);
        if (last is null or { Delivered: 0 })
            await wormhole.Receive();
        await wormhole.Close();
    }
}
