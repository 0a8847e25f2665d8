using System.Reactive.Concurrency;
using System.Reactive.Subjects;
using System.Text;

namespace RxWormhole.Testing.Tests;

/// <summary>A client that speaks frames: what a connector's link gives, when, and whether it keeps to the observable contract.</summary>
internal sealed class RawLink : IObserver<ReadOnlyMemory<byte>>, IDisposable
{
    private readonly Subject<ReadOnlyMemory<byte>> outbound = new();
    private readonly List<(double At, VirtualFrame Frame)> received = [];
    private readonly IScheduler clock;
    private readonly DateTimeOffset start;
    private readonly string client;
    private readonly IDisposable link;
    private int busy;

    internal RawLink(VirtualRendezvous rendezvous, IScheduler clock, string client = "alice")
    {
        this.clock = clock;
        this.client = client;
        start = clock.Now;
        link = rendezvous.Client(client).Connect(rendezvous.Address, outbound).Subscribe(this);
    }

    internal bool HasReceived => received.Count > 0;

    internal string[] Types => [.. received.Select(each => each.Frame.Type!).Where(type => type != "ack")];

    /// <summary>When frames of a type came, in milliseconds since the link was begun.</summary>
    internal double[] TimesOf(string type) => [.. received.Where(each => each.Frame.Type == type).Select(each => each.At)];

    internal string[] TextsOf(string type) => [.. received.Where(each => each.Frame.Type == type).Select(each => each.Frame.Text)];

    internal string[] Texts => [.. received.Select(each => each.Frame.Text)];

    internal Exception? Error { get; private set; }

    internal bool IsCompleted { get; private set; }

    internal bool IsOver => IsCompleted || Error is not null;

    internal List<string> Offences { get; } = [];

    internal void Say(params string[] frames)
    {
        foreach (var frame in frames)
            outbound.OnNext(Encoding.UTF8.GetBytes(frame));
    }

    internal void Bind(string side, string appId = "example.com/test") => Say($$"""{"type":"bind","appid":"{{appId}}","side":"{{side}}"}""");

    internal void Ping(params int[] values) => Say([.. values.Select(value => $$"""{"type":"ping","ping":{{value}}}""")]);

    public void Dispose() => link.Dispose();

    public void OnNext(ReadOnlyMemory<byte> value) =>
        Guarded(() => received.Add((Math.Round((clock.Now - start).TotalMilliseconds, 1), new VirtualFrame(client, 0, false, value))));

    public void OnError(Exception error) => Guarded(() => Error = error);

    public void OnCompleted() => Guarded(() => IsCompleted = true);

    private void Guarded(Action action)
    {
        if (Interlocked.Increment(ref busy) != 1)
            Offences.Add("notifications overlap");
        if (IsOver)
            Offences.Add("something comes after the end");
        action();
        Interlocked.Decrement(ref busy);
    }
}
