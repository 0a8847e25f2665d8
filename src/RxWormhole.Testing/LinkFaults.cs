namespace RxWormhole.Testing;

/// <summary>What goes wrong with the links of one client. Immutable; set as <see cref="VirtualClient.Faults"/> it applies to links made from then on.</summary>
/// <remarks>
/// A real link delivers everything in order until it ends, and a session relies on that: single frames that are lost, doubled or changed show what
/// a broken or hostile server can do, and a session may end with an error over them. It survives every cut and every silence.
/// What looks at frames here is called as they arrive, one frame of a direction at a time; on a real clock the two directions, and links of other
/// clients with the same faults, come on several threads at once. It must not block, and what it throws comes out where the clock runs.
/// </remarks>
public sealed record LinkFaults
{
    private static readonly Func<VirtualFrame, IEnumerable<VirtualFrame>> AsItIs = static frame => [frame];

    /// <summary>Nothing goes wrong.</summary>
    public static LinkFaults None { get; } = new();

    /// <summary>The time a frame takes each way; null for that of the server.</summary>
    /// <value>At least one tick. A link takes as long to be made.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is less than one tick.</exception>
    public TimeSpan? Latency
    {
        get;
        init
        {
            if (value is { } latency)
                ArgumentOutOfRangeException.ThrowIfLessThan(latency, TimeSpan.FromTicks(1), nameof(Latency));
            field = value;
        }
    }

    /// <summary>How much longer than the latency a frame may take; each takes another time, and none overtakes another.</summary>
    /// <value>Zero unless told otherwise. The times are those of the rendezvous' seed and the client's name.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public TimeSpan Jitter
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero, nameof(Jitter));
            field = value;
        }
    }

    /// <summary>How many bytes a second the link takes each way, so that a frame takes the time of its length; null for any number.</summary>
    /// <value>At least one.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is less than one.</exception>
    public long? BytesPerSecond
    {
        get;
        init
        {
            if (value is { } speed)
                ArgumentOutOfRangeException.ThrowIfLessThan(speed, 1, nameof(BytesPerSecond));
            field = value;
        }
    }

    /// <summary>After how many frames of the client its link is cut: what is on the way is lost, and both ends notice.</summary>
    /// <value>Numbers from 1, counted over all links of the client, in both directions, as frames arrive; see <see cref="VirtualClient.Frames"/>.</value>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 1.</exception>
    public IReadOnlyCollection<int> CutAfter { get; init => field = Counts(value, nameof(CutAfter)); } = [];

    /// <summary>After how many frames of the client its link becomes half-open: nothing arrives any more on either side, and nobody is told.</summary>
    /// <value>Counted as for <see cref="CutAfter"/>.</value>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 1.</exception>
    public IReadOnlyCollection<int> SilentAfter { get; init => field = Counts(value, nameof(SilentAfter)); } = [];

    /// <summary>Looks at each frame and gives what arrives in its place: nothing, another frame, or several.</summary>
    /// <value>Leaves everything as it is unless told otherwise. Of what it gives only the bytes count: a frame stays on its link.</value>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public Func<VirtualFrame, IEnumerable<VirtualFrame>> Rewrite
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Rewrite));
            field = value;
        }
    } = AsItIs;

    /// <summary>Whether messages that come at the same instant, such as all that lie in a mailbox, come in another order. False unless told otherwise.</summary>
    /// <remarks>
    /// In which, is drawn from the rendezvous' seed and the client's name. All other frames keep their place between them. Links over HTTP are not concerned: there the
    /// order is a promise.
    /// </remarks>
    public bool ShufflesMessages { get; init; }

    internal bool AreFramesRewritten => !ReferenceEquals(Rewrite, AsItIs);

    internal Predicate<VirtualFrame> IsCutBehind { get; private init; } = static _ => false;

    /// <summary>Loses the frames for which the predicate holds.</summary>
    /// <param name="which">The predicate.</param>
    /// <exception cref="ArgumentNullException">The argument is null.</exception>
    public LinkFaults Losing(Predicate<VirtualFrame> which)
    {
        ArgumentNullException.ThrowIfNull(which);
        return Then(frame => which(frame) ? [] : [frame]);
    }

    /// <summary>Doubles the frames for which the predicate holds.</summary>
    /// <param name="which">The predicate.</param>
    /// <exception cref="ArgumentNullException">The argument is null.</exception>
    public LinkFaults Doubling(Predicate<VirtualFrame> which)
    {
        ArgumentNullException.ThrowIfNull(which);
        return Then(frame => which(frame) ? [frame, frame] : [frame]);
    }

    /// <summary>Doubles every <c>message</c> of the server.</summary>
    public LinkFaults DoublingMessages() => Doubling(static frame => frame is { IsFromClient: false, Type: "message" });

    /// <summary>Changes the text of the frames for which the predicate holds.</summary>
    /// <param name="which">The predicate.</param>
    /// <param name="text">Gives the new text for the old one.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public LinkFaults Changing(Predicate<VirtualFrame> which, Func<string, string> text)
    {
        ArgumentNullException.ThrowIfNull(which);
        ArgumentNullException.ThrowIfNull(text);
        return Then(frame => which(frame) ? [frame.With(text(frame.Text))] : [frame]);
    }

    /// <summary>Cuts the link as soon as a frame arrived for which the predicate holds: what is on the way is lost, and both ends notice.</summary>
    /// <param name="which">The predicate. It should hold only so many times: a link that is always cut at its beginning gets no further.</param>
    /// <exception cref="ArgumentNullException">The argument is null.</exception>
    public LinkFaults CuttingAfter(Predicate<VirtualFrame> which)
    {
        ArgumentNullException.ThrowIfNull(which);
        var before = IsCutBehind;
        return this with { IsCutBehind = frame => before(frame) || which(frame) };
    }

    private static IReadOnlyCollection<int> Counts(IReadOnlyCollection<int> counts, string name)
    {
        ArgumentNullException.ThrowIfNull(counts, name);
        foreach (var count in counts)
            ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, name);
        return counts;
    }

    private LinkFaults Then(Func<VirtualFrame, IEnumerable<VirtualFrame>> next)
    {
        var before = Rewrite;
        return this with { Rewrite = frame => before(frame).SelectMany(next) };
    }
}
