using System.Reactive.Linq;

namespace RxWormhole.Examples.SimulatingYourApp;

/// <summary>Its second program: books what a shop sold, and says so when it has everything.</summary>
public sealed class Till
{
    /// <summary>What is on its disk: what was booked, by the number of the message, so that nothing is booked twice.</summary>
    public SortedDictionary<int, string> Booked { get; } = [];

    public async Task RunAsync(WormholeOptions options, Checkpoint? last, IObservable<string> typed, int expected)
    {
        if (last is { IsEnded: true })
            return;
        using var wormhole = last is null ? Wormhole.Create(options) : Wormhole.Restore(last, options);
        await (last is null ? typed.SelectMany(wormhole.SetCode) : wormhole.Resume());
        for (var number = last?.Delivered ?? 0; number < expected; number++)
        {
            var item = await wormhole.Receive();
            Booked[item.Index] = item.Text;
        }

        if (last is null or { Accepted: 0 })
            await wormhole.Send("all booked");
        await wormhole.Close();
    }
}
