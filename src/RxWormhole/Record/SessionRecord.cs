using System.Collections.Immutable;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>What must survive a link or the process. Changed in one place, the session, and checkpointed before its effects.</summary>
/// <remarks>Everything that has feedback or outlives a link is here; what belongs to one link is in <see cref="LinkState"/>.</remarks>
internal sealed partial record SessionRecord
{
    public required string AppId { get; init; }

    public required Uri Server { get; init; }

    /// <summary>Our side, kept over all links.</summary>
    public required string Side { get; init; }

    /// <summary>The secret of the key exchange. It meets one <c>pake</c> only: <see cref="PeerPake"/>.</summary>
    public required SecretBytes Scalar { get; init; }

    public required DateTimeOffset Started { get; init; }

    /// <summary>How long the session may take; null for as long as it likes.</summary>
    public required TimeSpan? Limit { get; init; }

    /// <summary>The words of a code whose nameplate the server is to allocate; null where it is not.</summary>
    public string? Words { get; init; }

    public string? Nameplate { get; init; }

    public string? Code { get; init; }

    /// <summary>Whether the server may count the nameplate as ours: it was allocated, or a claim for it was handed to a link.</summary>
    public bool IsHeld { get; init; }

    public bool IsReleased { get; init; }

    public string? Mailbox { get; init; }

    /// <summary>A mailbox that came into being because we opened it after the server had lost it, and that is to be closed; or null.</summary>
    public string? Stray { get; init; }

    /// <summary>Whether somebody else was ever seen in the mailbox; from then on the nameplate is not needed, and never claimed again.</summary>
    public bool IsPeerThere { get; init; }

    /// <summary>The side of the first <c>pake</c>, the only one that counts.</summary>
    public string? PeerSide { get; init; }

    public ReadOnlyMemory<byte> PeerPake { get; init; }

    /// <summary>Whether a message of the peer was opened with the key.</summary>
    public bool IsConfirmed { get; init; }

    public OwnPhase? Pake { get; init; }

    public OwnPhase? Version { get; init; }

    /// <summary>The application's messages by number.</summary>
    public ImmutableList<OwnPhase> Messages { get; init; } = [];

    /// <summary>How many of the peer's messages were handed over to the application.</summary>
    public int Delivered { get; init; }

    /// <summary>Whether the one transit of the session was begun: its keys must not seal anything else, in this process or another.</summary>
    public bool HasTransit { get; init; }

    /// <summary>The mood, once the session is closing.</summary>
    public Mood? Mood { get; init; }

    public bool IsClosed { get; init; }

    /// <summary>Whether the session is over and cannot be restored.</summary>
    public bool IsEnded { get; init; }

    /// <summary>Whether nothing of the session is left on the server, as far as it told us.</summary>
    internal bool IsSettled => (!IsHeld || IsReleased) && (Mailbox is null || IsClosed) && Stray is null;

    /// <summary>How far a session with this record has come, once it has begun.</summary>
    internal WormholeStage Stage =>
        Mood is not null ? WormholeStage.Closing :
        IsConfirmed ? WormholeStage.Paired :
        PeerSide is not null ? WormholeStage.Exchanging :
        Code is not null ? WormholeStage.WaitingForPeer :
        WormholeStage.GettingCode;

    /// <summary>The session's age: a clock that went back does not make it younger than it was at its start.</summary>
    internal TimeSpan Age(DateTimeOffset now) => now > Started ? now - Started : TimeSpan.Zero;

    /// <summary>Our messages in the order in which they go out.</summary>
    internal IEnumerable<OwnPhase> Own
    {
        get
        {
            if (Pake is not null)
                yield return Pake;
            if (Version is not null)
                yield return Version;
            foreach (var message in Messages)
                yield return message;
        }
    }

    /// <summary>Finds one of our messages.</summary>
    internal OwnPhase? Find(string phase) => phase switch
    {
        Phase.Pake => Pake,
        Phase.Version => Version,
        _ when Phase.TryGetNumber(phase, out var number) && number < Messages.Count => Messages[number],
        _ => null,
    };

    /// <summary>Replaces one of our messages by another form of itself.</summary>
    internal SessionRecord With(OwnPhase own) => own.Phase switch
    {
        // No change, no checkpoint: a process that dies behind each of them would add the same message for ever, and never get to send it.
        _ when own == Find(own.Phase) => this,
        Phase.Pake => this with { Pake = own },
        Phase.Version => this with { Version = own },
        _ => this with { Messages = Messages.SetItem(int.Parse(own.Phase, System.Globalization.CultureInfo.InvariantCulture), own) },
    };

    /// <summary>Accepts a message of the application, which waits for the key.</summary>
    internal SessionRecord Accept(ReadOnlyMemory<byte> plaintext) =>
        this with { Messages = Messages.Add(new OwnPhase(Phase.Of(Messages.Count), plaintext, IsSealed: false)) };

    /// <summary>Seals what waited for the key: always the last ones, in order.</summary>
    internal SessionRecord Seal(Func<OwnPhase, ReadOnlyMemory<byte>> seal)
    {
        var first = Messages.Count;
        while (first > 0 && !Messages[first - 1].IsSealed)
            first--;
        var record = this;
        for (var i = first; i < Messages.Count; i++)
            record = record.With(Messages[i] with { Bytes = seal(Messages[i]), IsSealed = true });
        return record;
    }
}
