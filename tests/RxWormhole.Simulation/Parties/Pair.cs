using System.Reactive.Linq;
using System.Reactive.Subjects;
using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Simulation;

/// <summary>Those who are to meet, and what they tell each other by other means than the wormhole: their codes.</summary>
internal sealed class Pair
{
    internal const string Marker = "s3cret!";

    private readonly ReplaySubject<bool> told = new(1);
    private readonly SortedDictionary<string, int> heard = new(StringComparer.Ordinal);

    internal Pair(PairPlan plan, int seed)
    {
        Plan = plan;
        Seed = seed;
        var dice = new Dice(seed, $"pair {plan.Number}");
        HumanCode = $"{dice.Between(10, 49) + 50 * plan.Number}-{Words(dice)}";
        OtherWords = Words(dice);
        if (plan.FileLength is { } length)
        {
            Content = new byte[length];
            new Random(seed + plan.Number).NextBytes(Content);
        }
    }

    internal PairPlan Plan { get; }

    internal int Seed { get; }

    internal List<Party> Parties { get; } = [];

    internal byte[] Content { get; } = [];

    internal string HumanCode { get; }

    /// <summary>Words that are in nobody's code.</summary>
    internal string OtherWords { get; }

    /// <summary>The codes that were told: more than one only where files are sent again with another.</summary>
    internal List<string> Codes { get; } = [];

    internal string AppId => Plan.FileLength is null ? "sim.example/talk" : PublicServers.FileTransfer;

    /// <summary>The code as a party is told it: the newest; null once nobody is going to tell one.</summary>
    /// <param name="party">The party.</param>
    /// <param name="mayBeKnown">Whether it may be one that it was told before.</param>
    internal IObservable<string?> Told(PartyPlan party, bool mayBeKnown)
    {
        if (Plan.Meeting == MeetingKind.HumanMade)
            return Observable.Return<string?>(HumanCode);
        var known = mayBeKnown ? 0 : heard.GetValueOrDefault(party.Name);
        return told.Where(hasMore => Codes.Count > known || !hasMore).Take(1).Select(_ =>
        {
            if (Codes.Count <= known)
                return null;
            heard[party.Name] = Codes.Count;
            return AsHeard(party, Codes[^1]);
        });
    }

    internal void Tell(string code)
    {
        if (Codes.Contains(code))
            return;
        Codes.Add(code);
        told.OnNext(true);
    }

    /// <summary>There will be no other code.</summary>
    internal void TellNoMore() => told.OnNext(false);

    /// <summary>A message as it is sent: whoever reads it sees who sent it, and which one it is.</summary>
    internal string Message(string sender, int index)
    {
        var dice = new Dice(Seed, $"{sender} {index}");
        return $"{Marker} {sender} {index} {new string('x', dice.Chance(97) ? dice.Next(100) : dice.Next(2_000))}";
    }

    internal IEnumerable<Party> Others(Party party) => Parties.Where(other => other != party);

    private string AsHeard(PartyPlan party, string code)
    {
        var isWrong = (Plan.Meeting == MeetingKind.WrongCode && party == Plan.Parties[1]) || (Plan.Meeting == MeetingKind.Intruder && party == Plan.Parties[2]);
        return isWrong ? $"{code[..code.IndexOf('-', StringComparison.Ordinal)]}-{OtherWords}" : code;
    }

    private static string Words(Dice dice) => WordList.Choose([(byte)dice.Next(256), (byte)dice.Next(256)]);
}
