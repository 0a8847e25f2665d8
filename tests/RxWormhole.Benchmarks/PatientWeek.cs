using System.Reactive.Linq;
using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Benchmarks;

/// <summary>A session of seven virtual days: both sides poll patiently, and at the end a message goes each way.</summary>
internal static class PatientWeek
{
    internal static readonly KeepPolicy ForADay = KeepPolicy.Reference with { Longest = TimeSpan.FromDays(1) };
    internal static readonly KeepPolicy ElevenMinutes = KeepPolicy.Reference;

    /// <summary>Runs the session and gives the number of links that were made.</summary>
    internal static int Run(KeepPolicy keep)
    {
        using var sides = new TwoSides(
            LinkMode.Poll,
            new VirtualRendezvousOptions { Keep = keep },
            options => options with { Schedule = PollingSchedule.Patient, Timeout = Timeout.InfiniteTimeSpan });
        sides.Pair(TimeSpan.FromMinutes(1));
        sides.Advance(TimeSpan.FromDays(7));

        var ends = 0;
        foreach (var side in new[] { sides.Alice, sides.Bob })
            TwoSides.Exchange(side).Subscribe(_ => ends++);
        sides.AdvanceUntil(() => ends == 2, TimeSpan.FromHours(1), TimeSpan.FromHours(3));
        return sides.Rendezvous.Client("alice").LinksMade + sides.Rendezvous.Client("bob").LinksMade;
    }
}
