namespace RxWormhole.Testing.Tests;

/// <summary>Frames take their time, and each direction keeps its order.</summary>
public sealed class LatencyTests : RawFixture
{
    [Test]
    public void Frames_TakeTheServersLatencyEachWay()
    {
        StartServer(new VirtualRendezvousOptions { Latency = TimeSpan.FromMilliseconds(30) });
        using var link = Dial();
        Advance(100);
        link.Ping(1);
        Advance(100);
        Assert.That(link.TimesOf("welcome"), Is.EqualTo(new[] { 60.0 }));
        Assert.That(link.TimesOf("pong"), Is.EqualTo(new[] { 160.0 }));
    }

    [Test]
    public void LatencyOfAClient_TakesTheServersPlaceForItAlone()
    {
        using var slow = Dial("alice", new LinkFaults { Latency = TimeSpan.FromMilliseconds(200) });
        using var usual = Dial("bob");
        Advance(1000);
        Assert.That(slow.TimesOf("welcome"), Is.EqualTo(new[] { 400.0 }));
        Assert.That(usual.TimesOf("welcome"), Is.EqualTo(new[] { 10.0 }));
    }

    [Test]
    public void OneTick_IsEnough()
    {
        StartServer(new VirtualRendezvousOptions { Latency = TimeSpan.FromTicks(1) });
        using var link = Dial(faults: new LinkFaults { Latency = TimeSpan.FromTicks(1) });
        link.Ping(1);
        Clock.AdvanceBy(20);
        Assert.That(link.Types, Is.EqualTo(new[] { "welcome", "pong" }));
    }

    [Test]
    public void FramesSentAtOnce_ArriveInOrder()
    {
        using var link = Dial();
        var many = Enumerable.Range(0, 200).ToArray();
        link.Ping(many);
        Advance(20);
        Assert.That(link.TextsOf("pong").Select(text => text.Split("\"pong\":")[1].Split([',', '}'])[0]), Is.EqualTo(many.Select(each => $"{each}")));
    }

    [Test]
    public void FramesSentOneAfterTheOther_EachTakesItsTime()
    {
        using var link = Dial();
        Advance(20);
        for (var i = 0; i < 4; i++)
        {
            link.Ping(i);
            Advance(3);
        }

        Advance(20);
        Assert.That(link.TimesOf("pong"), Is.EqualTo(new[] { 30.0, 33.0, 36.0, 39.0 }));
    }

    [Test]
    public void FramesSentWhileDialling_ArriveBehindTheLink()
    {
        using var link = Dial();
        link.Bind("a");
        link.Say("""{"type":"list"}""");
        Advance(20);
        Assert.That(link.Types, Is.EqualTo(new[] { "welcome", "nameplates" }));
        Assert.That(Rendezvous.Transcript.Entries[0].What, Is.EqualTo("link 1"));
    }

    [Test]
    public void FramesPutOutWhileSubscribing_ArriveBehindTheLink()
    {
        var answers = new List<string?>();
        var ping = System.Reactive.Linq.Observable.Return<ReadOnlyMemory<byte>>("""{"type":"ping","ping":7}"""u8.ToArray());
        using var link = Alice.Connect(Rendezvous.Address, ping).Subscribe(frame => answers.Add(new VirtualFrame("", 0, false, frame).Type));
        Advance(20);
        Assert.That(answers, Is.EqualTo(new[] { "welcome", "ack", "pong" }));
    }

    [Test]
    public void Subscribing_MakesALinkEachTimeAndNothingDoesBefore()
    {
        var link = Alice.Connect(Rendezvous.Address, System.Reactive.Linq.Observable.Never<ReadOnlyMemory<byte>>());
        Advance(20);
        Assert.That(Alice.LinksMade, Is.Zero);
        using var first = link.Subscribe(_ => { });
        using var second = link.Subscribe(_ => { });
        Assert.That((Alice.LinksMade, Alice.LinksOpen), Is.EqualTo((2, 2)));
    }

    [Test]
    public void RendezvousAsConnector_MakesAClientOfItsOwnForEachCall()
    {
        for (var i = 0; i < 2; i++)
            Rendezvous.Connect(Rendezvous.Address, System.Reactive.Linq.Observable.Never<ReadOnlyMemory<byte>>()).Subscribe(_ => { });
        Advance(20);
        Assert.That((Rendezvous.Client("#1").LinksOpen, Rendezvous.Client("#2").LinksOpen), Is.EqualTo((1, 1)));
    }

    [Test]
    public void HangingUp_WhatWasSentBeforeStillArrives()
    {
        var link = Opened();
        link.Say("""{"type":"add","phase":"0","body":"00"}""");
        link.Dispose();
        Assert.That(Alice.LinksOpen, Is.Zero);
        Advance(20);
        Assert.That(Rendezvous.Transcript.From("alice").Last().Phase, Is.EqualTo("0"));
        Assert.That(Rendezvous.LeftBehind, Has.Some.Contains("messages: 1"));
        Assert.That(Rendezvous.Transcript.To("alice").Select(frame => frame.Phase), Has.None.EqualTo("0"), "nobody listens");
    }

    [Test]
    public void HangingUpOverAFrame_ItsDoubleFindsNobody()
    {
        Alice.Faults = LinkFaults.None.Doubling(frame => !frame.IsFromClient);
        var frames = 0;
        IDisposable link = System.Reactive.Disposables.Disposable.Empty;
        link = Alice.Connect(Rendezvous.Address, System.Reactive.Linq.Observable.Never<ReadOnlyMemory<byte>>()).Subscribe(_ =>
        {
            frames++;
            link.Dispose();
        });
        Advance(20);
        Assert.That((frames, Alice.Frames), Is.EqualTo((1, 1)));
    }

    [Test]
    public void HangingUpWhileDialling_MakesNoLink()
    {
        var link = Dial();
        link.Ping(1);
        link.Dispose();
        Advance(20);
        Assert.That(link.Types, Is.Empty);
        Assert.That(Rendezvous.Transcript.Entries.Select(entry => entry.What), Is.EqualTo(new[] { "hung up" }));
    }
}
