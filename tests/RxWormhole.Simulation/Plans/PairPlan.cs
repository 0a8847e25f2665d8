using System.Collections.Immutable;

namespace RxWormhole.Simulation;

/// <summary>Who meets, how, and what for. Pure data.</summary>
/// <param name="Number">Its number in the world, from 0.</param>
/// <param name="Meeting">How they come by their code.</param>
/// <param name="Parties">Two, or three. The first allocates, or is the one who sends a file.</param>
internal sealed record PairPlan(int Number, MeetingKind Meeting, ImmutableArray<PartyPlan> Parties)
{
    /// <summary>The length of the file that the first one sends, or null where they talk.</summary>
    internal int? FileLength { get; init; }

    /// <summary>Which of the world's servers they use.</summary>
    internal int Server { get; init; }

    internal TimeSpan Timeout => Parties.Any(party => party.IsPatient) ? TimeSpan.FromDays(5) : TimeSpan.FromMinutes(20);

    internal bool HasThird => Parties.Length > 2;
}
