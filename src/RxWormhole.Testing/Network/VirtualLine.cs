namespace RxWormhole.Testing;

/// <summary>A connection between two hosts: two directions, two ends, and what goes wrong with it.</summary>
internal sealed class VirtualLine
{
    private readonly VirtualNetwork network;
    private readonly Lock gate = new();
    private readonly string name;
    private readonly long? cutAfter;
    private readonly long? silentAfter;
    private readonly long? stallAfter;
    private long passed;
    private volatile bool isSilent;
    private volatile bool isStalled;

    internal VirtualLine(VirtualNetwork network, VirtualHost near, VirtualHost far, string nearAddress, string farAddress)
    {
        this.network = network;
        name = $"{nearAddress} to {farAddress}";
        var (one, other) = (near.Faults, far.Faults);
        var latency = Most(one.Latency ?? network.Options.Latency, other.Latency ?? network.Options.Latency);
        var speed = Math.Min(one.BytesPerSecond ?? network.Options.BytesPerSecond, other.BytesPerSecond ?? network.Options.BytesPerSecond);
        cutAfter = Least(one.CutAfter, other.CutAfter);
        silentAfter = Least(one.SilentAfter, other.SilentAfter);
        stallAfter = Least(one.StallAfter, other.StallAfter);
        Forth = new VirtualFlow(this, network.Scheduler, latency, speed, network.Options.Window, other.CorruptAt, (near.Cable, far.Cable));
        Back = new VirtualFlow(this, network.Scheduler, latency, speed, network.Options.Window, one.CorruptAt, (near.Cable, far.Cable));
        Near = new VirtualSocket(this, near, Back, Forth, farAddress);
        Far = new VirtualSocket(this, far, Forth, Back, nearAddress);
    }

    internal VirtualFlow Forth { get; }

    internal VirtualFlow Back { get; }

    internal VirtualSocket Near { get; }

    internal VirtualSocket Far { get; }

    internal bool IsSilent => isSilent;

    internal bool IsHalted => isSilent || isStalled;

    /// <summary>Says how many of some bytes arrive, and what happens behind them.</summary>
    internal int Pass(int count, out Action? fault)
    {
        lock (gate)
        {
            fault = null;
            if (IsHalted)
                return 0;
            var most = Least(Least(cutAfter, silentAfter), stallAfter) is { } limit ? (int)Math.Min(count, limit - passed) : count;
            passed += most;
            fault =
                passed == cutAfter ? () => Cut($"cut after byte {passed}") :
                passed == silentAfter ? Silence :
                passed == stallAfter ? Stall :
                null;
            return most;
        }
    }

    internal void Cut(string why)
    {
        network.Note($"{name}: {why}");
        Near.OnCut();
        Far.OnCut();
        Forth.Cut($"the virtual connection was {why}");
        Back.Cut($"the virtual connection was {why}");
    }

    internal void Silence()
    {
        isSilent = true;
        network.Note($"{name}: half-open from here on");
    }

    internal void OnFinished(VirtualFlow flow)
    {
        network.Note($"{name}: closed by {(flow == Forth ? "who dialled" : "who accepted")}");
        (flow == Forth ? Back : Forth).FailWriting("the other end closed");
    }

    private static TimeSpan Most(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static long? Least(long? one, long? other) => one is null || other < one ? other : one;

    private void Stall()
    {
        isStalled = true;
        network.Note($"{name}: stalls from here on");
    }
}
