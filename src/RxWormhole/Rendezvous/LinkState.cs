using System.Collections.Immutable;
using System.Globalization;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>What was said on one link. Forgotten with the link; everything that must not be is in <see cref="SessionRecord"/>.</summary>
internal sealed record LinkState
{
    /// <summary>Whether the link ends by itself when nothing is left to do.</summary>
    public required bool IsPoll { get; init; }

    /// <summary>For how many seconds the server should keep the mailbox, or null for its usual time.</summary>
    public int? Keep { get; init; }

    /// <summary>Whether nothing may be added before the mailbox was seen: the first link of a restored session, whose checkpoint may not be the latest.</summary>
    public bool IsCautious { get; init; }

    public bool IsWelcomed { get; init; }

    /// <summary>What the server wants to be shown before <c>bind</c>, until we can show it; null where nothing is missing.</summary>
    public PermissionRequired? Missing { get; init; }

    /// <summary>What to show before <c>bind</c>, or null.</summary>
    public ClientMessage.SubmitPermissions? Permission { get; init; }

    public bool IsBound { get; init; }

    public bool HasAskedToAllocate { get; init; }

    public bool HasClaimed { get; init; }

    public bool HasReleased { get; init; }

    public bool HasOpened { get; init; }

    public bool HasClosed { get; init; }

    /// <summary>How many lists of nameplates were asked for; compared with how many are wanted.</summary>
    public int Lists { get; init; }

    /// <summary>Whether an <c>allocate</c> or <c>claim</c> is unanswered; what it gives us has to be given back, so closing waits for it.</summary>
    public bool IsAwaitingNameplate { get; init; }

    /// <summary>How many pings were sent. Their values count from 1.</summary>
    public int Pings { get; init; }

    /// <summary>The newest ping that was answered.</summary>
    public int Marks { get; init; }

    /// <summary>The ping that was sent behind <c>open</c>; 0 before. Its answer is the sync mark: what lies in the mailbox has been played back.</summary>
    public int SyncPing { get; init; }

    /// <summary>Whether what the sync mark shows has been acted on.</summary>
    public bool IsSynchronized { get; init; }

    /// <summary>Whether the sync mark showed that the server lost what it had.</summary>
    public bool HasLost { get; init; }

    /// <summary>Whether something was sent behind the newest ping, so that a poll asks again before it hangs up.</summary>
    public bool IsUnmarked { get; init; }

    /// <summary>Our phases that the server played back or echoed on this link.</summary>
    public ImmutableSortedSet<string> Seen { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Our phases that were added on this link and not seen since.</summary>
    public ImmutableSortedSet<string> Added { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Whether the first ping was answered: the link works.</summary>
    internal bool Works => Marks > 0;

    internal bool HasMark => SyncPing > 0 && Marks >= SyncPing;

    /// <summary>Takes a message of the server; <paramref name="side"/> is ours.</summary>
    internal LinkState On(ServerMessage message, string side) => message switch
    {
        ServerMessage.Welcome welcome => this with { IsWelcomed = true, Missing = welcome.Info.Permission },
        ServerMessage.Pong pong when int.TryParse(pong.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > Marks && number <= Pings => this with { Marks = number },
        ServerMessage.Allocated or ServerMessage.Claimed => this with { IsAwaitingNameplate = false },
        ServerMessage.Error error when SessionRecord.CommandOf(error) is "allocate" or "claim" or null => this with { IsAwaitingNameplate = false },
        ServerMessage.Message own when own.Side == side => this with { Seen = Seen.Add(own.Phase), Added = Added.Remove(own.Phase) },
        _ => this,
    };
}
