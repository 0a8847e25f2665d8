using System.Collections.Immutable;

namespace RxWormhole.Protocol;

/// <summary>The rules of the mailbox server, over one nameplate and one mailbox at a time, so that any store can run them inside a transaction.</summary>
/// <remarks>
/// Source: the mailbox protocol, section 2.4. Three differences from the reference server, where following it would let strangers break a session:
/// a third side is refused before anything is recorded, so that the first two can always come back; the last close takes a nameplate with it that
/// somebody forgot to release, instead of failing; and a side that never took part records nothing by closing.
/// </remarks>
public static class MailboxRules
{
    private const string Crowded = "crowded";
    internal const string Reclaimed = "reclaimed";
    private const int MaxSides = 2;

    /// <summary>A side claims a nameplate, which also opens its mailbox for the side.</summary>
    /// <param name="meeting">The nameplate and the mailbox it points at.</param>
    /// <param name="name">The nameplate's name.</param>
    /// <param name="side">Who claims.</param>
    /// <param name="freshMailbox">The id of the mailbox if one has to be made.</param>
    /// <param name="allocated">Whether the server chose the name for this side just now.</param>
    /// <param name="now">The time.</param>
    /// <param name="keep">How long the mailbox is to be kept after its last touch.</param>
    /// <param name="until">When the mailbox ends whoever touches it, if it has to be made; null for never.</param>
    public static Ruling Claim(
        Meeting meeting, string name, string side, string freshMailbox, bool allocated, DateTimeOffset now, TimeSpan keep, DateTimeOffset? until = null)
    {
        var nameplate = meeting.Nameplate ?? new Nameplate(name, freshMailbox, allocated, []);
        var index = IndexOf(nameplate, side);
        if (index >= 0 && !nameplate.Sides[index].IsClaimed)
            return new Ruling(meeting, Reclaimed);
        if (index < 0 && nameplate.Sides.Length == MaxSides)
            return new Ruling(meeting, Crowded);

        var mailbox = meeting.Mailbox ?? Fresh(nameplate.Mailbox, name, now, keep, until);
        if (!TryJoin(mailbox, side, now, keep, out var joined))
            return new Ruling(meeting, Crowded);

        if (index < 0)
            nameplate = nameplate with { Sides = nameplate.Sides.Add(new NameplateSide(side, IsClaimed: true)) };
        return new Ruling(new Meeting(nameplate, joined), null);
    }

    /// <summary>A side gives a nameplate back; what does not exist, or was given back before, is given back as well.</summary>
    public static Ruling Release(Meeting meeting, string side)
    {
        if (meeting.Nameplate is not { } nameplate || IndexOf(nameplate, side) is not (>= 0 and var index))
            return new Ruling(meeting, null);
        var sides = nameplate.Sides.SetItem(index, new NameplateSide(side, IsClaimed: false));
        var claimed = sides.Any(each => each.IsClaimed);
        return new Ruling(meeting with { Nameplate = claimed ? nameplate with { Sides = sides } : null }, null);
    }

    /// <summary>A side opens a mailbox, which comes into being where it does not exist.</summary>
    public static Ruling Open(Meeting meeting, string mailbox, string side, DateTimeOffset now, TimeSpan keep, DateTimeOffset? until = null) =>
        TryJoin(meeting.Mailbox ?? Fresh(mailbox, null, now, keep, until), side, now, keep, out var joined)
            ? new Ruling(meeting with { Mailbox = joined }, null)
            : new Ruling(meeting, Crowded);

    /// <summary>A message comes into a mailbox, which touches it.</summary>
    /// <param name="meeting">The mailbox, and the nameplate that points at it.</param>
    /// <param name="size">How many characters of it count: <see cref="MailboxOperations.Size"/>.</param>
    /// <param name="now">The time.</param>
    /// <param name="quota">How much the mailbox may hold.</param>
    public static Ruling Add(Meeting meeting, int size, DateTimeOffset now, MailboxQuota quota) => meeting.Mailbox switch
    {
        // Deleted under somebody who listens: pruned, or closed by both sides on other connections.
        null => new Ruling(meeting, "this mailbox is gone"),
        var mailbox when mailbox.Messages >= quota.Messages => new Ruling(meeting, $"this mailbox is full: it takes {quota.Messages} messages"),
        var mailbox when mailbox.Size + size > quota.Size => new Ruling(meeting, $"this mailbox is full: it takes {quota.Size} characters"),
        var mailbox => new Ruling(
            meeting with { Mailbox = mailbox with { Touched = now, Messages = mailbox.Messages + 1, Size = mailbox.Size + size } }, null),
    };

    /// <summary>Somebody is there: a subscriber when it is time to prune.</summary>
    public static Ruling Touch(Meeting meeting, DateTimeOffset now) =>
        new(meeting with { Mailbox = meeting.Mailbox is { } mailbox ? mailbox with { Touched = now } : null }, null);

    /// <summary>A side closes a mailbox. When the last one did, mailbox and messages go, and with them a nameplate that still points there.</summary>
    /// <param name="meeting">The mailbox, and the nameplate that points at it.</param>
    /// <param name="side">Who closes.</param>
    /// <param name="mood">How it went for this side, or null.</param>
    public static Ruling Close(Meeting meeting, string side, string? mood)
    {
        if (meeting.Mailbox is not { } mailbox)
            return new Ruling(meeting, null);
        var index = IndexOf(mailbox, side);
        if (index < 0)
            return new Ruling(meeting, mailbox.Sides.Length == MaxSides ? Crowded : null);
        var sides = mailbox.Sides.SetItem(index, new MailboxSide(side, IsOpen: false, mood));
        return new Ruling(sides.Any(each => each.IsOpen) ? meeting with { Mailbox = mailbox with { Sides = sides } } : default, null);
    }

    private static Mailbox Fresh(string id, string? nameplate, DateTimeOffset now, TimeSpan keep, DateTimeOffset? until) =>
        new(id, nameplate, [], now, keep) { Until = until ?? DateTimeOffset.MaxValue };

    private static bool TryJoin(Mailbox mailbox, string side, DateTimeOffset now, TimeSpan keep, out Mailbox joined)
    {
        var index = IndexOf(mailbox, side);
        joined = mailbox;
        if (index < 0 && mailbox.Sides.Length == MaxSides)
            return false;
        var self = new MailboxSide(side, IsOpen: true, Mood: null);
        joined = mailbox with
        {
            Sides = index < 0 ? mailbox.Sides.Add(self) : mailbox.Sides.SetItem(index, self),
            Touched = now,
            Keep = keep > mailbox.Keep ? keep : mailbox.Keep,
        };
        return true;
    }

    private static int IndexOf(Nameplate nameplate, string side) => IndexOf(nameplate.Sides, each => each.Side == side);

    private static int IndexOf(Mailbox mailbox, string side) => IndexOf(mailbox.Sides, each => each.Side == side);

    private static int IndexOf<T>(ImmutableArray<T> items, Func<T, bool> matches)
    {
        for (var i = 0; i < items.Length; i++)
        {
            if (matches(items[i]))
                return i;
        }

        return -1;
    }
}
