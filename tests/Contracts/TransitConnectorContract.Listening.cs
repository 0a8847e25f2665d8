namespace RxWormhole.Contracts;

// Listeners: where they are, and how they end.
public abstract partial class TransitConnectorContract
{
    [Test]
    public void Listener_SaysWhereItIs()
    {
        var hints = Listen(Alice).Hints;
        Assert.That(hints, Is.Not.Empty.And.Unique);
        Assert.That(hints.Select(hint => hint.Port).Distinct(), Has.Exactly(1).InRange(1, 65_535));
    }

    [Test]
    public void EveryHint_CanBeDialled()
    {
        var listener = Listen(Alice);
        foreach (var hint in listener.Hints)
            Dial(Bob, hint);
        Until(() => listener.Accepted.Count == listener.Hints.Length, "the connections");
    }

    [Test]
    public void DialledAndTaken_OutlivesItsSubscriptions()
    {
        var listener = Listen(Alice);
        var dialling = new Dialling(Bob.Dial(listener.Hints[0]));
        Until(() => dialling.End is not null && listener.Accepted.Count == 1, "the connection");
        var bob = Use(dialling.End!);
        dialling.Unsubscribe();
        listener.Dispose();
        bob.Write("still here"u8);
        Until(() => listener.Accepted[0].Read == "still here", "what was written");
    }

    [Test]
    public void ListenerIsDisposed_NobodyGetsInAndWhoWaitedIsToldSo()
    {
        var listener = Listen(Alice, take: false);
        var waiting = Dial(Bob, listener.Hints[0]);
        listener.Dispose();
        Until(() => waiting.HasEnded, "the end of who waited");
        var late = Use(new Dialling(Bob.Dial(listener.Hints[0])));
        Until(() => late.HasEnded, "the refusal");
        Assert.That(late.Failure, Is.InstanceOf<IOException>());
    }

    [Test]
    public void PortThatIsTaken_IsAnError()
    {
        var taken = Listen(Alice).Port;
        Exception? failure = null;
        using var second = Alice.Listen(TransitPorts.Only(taken)).Subscribe(_ => { }, error => failure = error);
        Until(() => failure is not null, "the failure");
        Assert.That(failure, Is.InstanceOf<IOException>().With.Message.Contains($"{taken}"));
    }

    [Test]
    public void RangeOfPorts_TheNextFreeOneIsUsed()
    {
        // Port numbers that the system gives may be at the very end.
        var taken = Listen(Alice).Port;
        var ports = new TransitPorts(taken, Math.Min(taken + 50, 65_535));
        var second = Listen(Alice, ports: ports);
        Assert.That(second.Port, Is.GreaterThan(taken).And.AtMost(ports.Last));
    }

    [Test]
    public void PortThatIsFreeAgain_CanBeUsedAtOnce()
    {
        var first = Listen(Alice);
        var bob = Dial(Bob, first.Hints[0]);
        bob.Write("hello"u8);
        Until(() => first.Accepted.Any(each => each.Read == "hello"), "a connection");
        first.Accepted[0].Dispose();
        first.Dispose();
        Assert.That(Listen(Alice, ports: TransitPorts.Only(first.Port)).Port, Is.EqualTo(first.Port));
    }
}
