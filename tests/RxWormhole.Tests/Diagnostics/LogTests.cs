using RxWormhole.Protocol;

namespace RxWormhole.Tests.Diagnostics;

/// <summary>What an operator is told, and what never.</summary>
public sealed class LogTests : VirtualTimeFixture
{
    [TestCase(LinkMode.Push)]
    [TestCase(LinkMode.Poll)]
    public void WholeSession_LogsNoSecret(LinkMode mode)
    {
        var log = new LogRecorder();
        var (a, b) = Paired(options => options with { Mode = mode, Logger = log }, options => options with { Mode = mode, Logger = log });
        var (code, key) = (Record(a.Code), Record(a.DeriveKey("a purpose nobody guesses", 32)));
        a.Send("a message nobody reads");
        b.Send("an answer nobody reads");
        var received = Record(b.Receive());
        Advance(2);
        Rendezvous.Client("alice").Cut();
        Advance(5);
        a.Close();
        b.Close();
        Advance(2);
        Assert.That(received.IsCompleted, Is.True);
        var mailbox = Rendezvous.Transcript.To("alice")
            .Select(frame => MessageCodec.TryRead(frame.Bytes.Span, out var message, out _) ? message : null)
            .OfType<ServerMessage.Claimed>().First().Mailbox;
        var text = string.Join('\n', log.All);
        Assert.That(text, Does.Contain("began").And.Contain("answers").And.Contain("paired").And.Contain("is down").And.Contain("ended happy"));
        var sides = new[] { "alice", "bob" }.Select(client => Rendezvous.Transcript.From(client).Select(frame => MessageCodec.ReadCommand(frame.Bytes.Span).Message).OfType<ClientMessage.Bind>().First().Side).ToArray();
        Assert.That(log.All, Is.All.Contains(sides[0]).Or.Contains(sides[1]), "every line tells whose it is");
        Assert.That(sides, Is.All.Matches<string>(side => text.Contains($"{side} ended happy", StringComparison.Ordinal)));
        AssertHoldsNone(text, [.. code.Values.Single().Split('-').Skip(1), mailbox, Convert.ToHexString(key.Values.Single()), "nobody"]);
        Assert.That(log.Warnings.Concat(log.Errors), Is.Empty);
    }

    [Test]
    public void FailedSession_LogsNoSecret()
    {
        var log = new LogRecorder();
        using var a = Wormhole.Create(Options("alice") with { Logger = log });
        using var b = Wormhole.Create(Options("bob") with { Logger = log });
        a.SetCode("4-purple-sausages").Subscribe(_ => { });
        a.Verifier.Subscribe(_ => { });
        b.SetCode("4-purple-sandwich").Subscribe(_ => { });
        a.Send("a message nobody reads").Subscribe(_ => { });
        Advance(5);
        Assert.That(log.Warnings.Count(line => line.Contains("scary", StringComparison.Ordinal)), Is.EqualTo(2));
        AssertHoldsNone(string.Join('\n', log.All), ["purple", "sausages", "sandwich", "nobody"]);
    }

    [Test]
    public void HealthySession_SaysNothingAboveInformation()
    {
        var log = new LogRecorder();
        var (a, b) = Paired(options => options with { Logger = log });
        a.Receive().Subscribe(_ => { }, _ => { });
        a.Close();
        b.Close();
        Advance(1);
        Assert.That(log.Warnings.Concat(log.Errors), Is.Empty);
    }

    [Test]
    public void EachLazyVerbNobodySubscribedTo_IsNamedOnce()
    {
        var log = new LogRecorder();
        var (a, _) = Paired(options => options with { Logger = log });
        for (var i = 0; i < 3; i++)
            _ = a.Receive();
        _ = a.DeriveKey("p", 1);
        _ = a.Resume();
        Assert.That(log.Warnings, Is.Empty, "not before the end");
        a.Close();
        Advance(1);
        Assert.That(log.Warnings.Select(line => line.Split(' ')[0]), Is.EqualTo(new[] { "DeriveKey", "Receive", "Resume" }));
        a.Dispose();
        Advance(1);
        Assert.That(log.Warnings.Count(), Is.EqualTo(3));
    }

    [Test]
    public void DisposedWormholeWhoseVerbNobodySubscribedTo_NamesItToo()
    {
        var log = new LogRecorder();
        var a = Wormhole.Create(Options("alice") with { Logger = log });
        _ = a.SetCode("4-a-b");
        a.Dispose();
        Assert.That(log.Warnings.Single(), Does.StartWith("SetCode"));
    }

    [Test]
    public void LoggerThatThrows_StopsNoSession()
    {
        using var a = Wormhole.Create(Options("alice") with { Logger = new ThrowingLogger() });
        using var b = Create("bob");
        var code = Record(a.AllocateCode());
        _ = a.DeriveKey("never subscribed", 1);
        Advance(1);
        b.SetCode(code.Values.Single()).Subscribe();
        a.Status.Subscribe(_ => throw new InvalidOperationException("mine"));
        var verifier = Record(a.Verifier);
        Advance(1);
        Rendezvous.Client("alice").Cut();
        Advance(5);
        Assert.That(verifier.Values, Has.Count.EqualTo(1));
        var closed = new[] { Record(a.Close()), Record(b.Close()) };
        Advance(1);
        Assert.That(closed.SelectMany(each => each.Values), Is.All.EqualTo(new CloseResult(Mood.Happy, true)).And.Exactly(2).Items);
    }

    private static void AssertHoldsNone(string text, IEnumerable<string> secrets)
    {
        foreach (var secret in secrets)
            Assert.That(text, Does.Not.Contain(secret).IgnoreCase);
    }
}
