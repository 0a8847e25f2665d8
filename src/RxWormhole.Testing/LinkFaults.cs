namespace RxWormhole.Testing;

/// <summary>What goes wrong with the links of one client. Applies to links made from then on.</summary>
public sealed record LinkFaults
{
    /// <summary>Nothing goes wrong.</summary>
    public static LinkFaults None { get; } = new();

    /// <summary>The time a frame takes each way; null for that of the server.</summary>
    public TimeSpan? Latency { get; init; }

    /// <summary>After how many frames of the client, counted over all its links in both directions as they arrive, its link is cut: what is on the way is lost.</summary>
    public IReadOnlyCollection<int> CutAfter { get; init; } = [];

    /// <summary>After how many such frames the link becomes half-open: nothing arrives any more on either side, and nobody is told.</summary>
    public IReadOnlyCollection<int> SilentAfter { get; init; } = [];

    /// <summary>Looks at each frame on its way and gives what arrives in its place: nothing, another frame, or several.</summary>
    public Func<VirtualFrame, IEnumerable<VirtualFrame>> Rewrite { get; init; } = static frame => [frame];

    /// <summary>Loses the frames for which the predicate holds.</summary>
    public LinkFaults Losing(Predicate<VirtualFrame> which) => this with { Rewrite = Then(frame => which(frame) ? [] : [frame]) };

    /// <summary>Doubles the frames for which the predicate holds.</summary>
    public LinkFaults Doubling(Predicate<VirtualFrame> which) => this with { Rewrite = Then(frame => which(frame) ? [frame, frame] : [frame]) };

    /// <summary>Changes the text of the frames for which the predicate holds.</summary>
    public LinkFaults Changing(Predicate<VirtualFrame> which, Func<string, string> text) =>
        this with { Rewrite = Then(frame => which(frame) ? [frame.With(text(frame.Text))] : [frame]) };

    private Func<VirtualFrame, IEnumerable<VirtualFrame>> Then(Func<VirtualFrame, IEnumerable<VirtualFrame>> next)
    {
        var before = Rewrite;
        return frame => before(frame).SelectMany(next);
    }
}
