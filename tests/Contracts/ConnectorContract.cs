using System.Reactive;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using System.Text;

namespace RxWormhole.Contracts;

/// <summary>What every connector promises, whatever its links are made of: see <see cref="IRendezvousConnector"/>.</summary>
public abstract class ConnectorContract
{
    private protected const string Bind = """{"type":"bind","appid":"example.com/contract","side":"aa11"}""";
    private protected const string Open = """{"type":"open","mailbox":"box"}""";

    /// <summary>The connector under test, to a mailbox server of its own.</summary>
    private protected abstract IRendezvousConnector Connector { get; }

    private protected abstract Uri Server { get; }

    /// <summary>Waits until something holds, in whatever time the links take.</summary>
    private protected abstract void Until(Func<bool> holds, string what);

    /// <summary>How many links the server has.</summary>
    private protected abstract int LinksAtServer { get; }

    /// <summary>How many of so many links show at the server between two messages: all of those that are connections.</summary>
    private protected virtual int Standing(int links) => links;

    private protected abstract void StopServer();

    [Test]
    public void NobodySubscribes_NothingHappens()
    {
        var sent = new Subject<ReadOnlyMemory<byte>>();
        _ = Connector.Connect(Server, sent);
        using var other = Dial();
        Until(() => other.Received.Length == 1, "the other link's welcome");
        Until(() => LinksAtServer == Standing(1), "one link");
        Assert.That(sent.HasObservers, Is.False);
    }

    [Test]
    public void Frames_GoBothWaysInOrder()
    {
        using var link = Dial();
        Until(() => link.Received.Length == 1, "the welcome");
        Assert.That(link.Received[0], Does.Contain("\"welcome\""));
        link.Send(Bind);
        for (var i = 0; i < 200; i++)
            link.Send($$"""{"type":"ping","ping":{{i}}}""");
        Until(() => link.Received.Count(IsPong) == 200, "200 answers");
        Assert.That(
            link.Received.Where(IsPong).Select(frame => int.Parse(frame.Split("\"pong\":")[1].Split(',', '}')[0], System.Globalization.CultureInfo.InvariantCulture)),
            Is.EqualTo(Enumerable.Range(0, 200)));
    }

    [Test]
    public void FramesSentBeforeTheLinkIsMade_Arrive()
    {
        using var link = Dial();
        link.Send(Bind);
        link.Send("""{"type":"ping","ping":7}""");
        Until(() => link.Received.Any(IsPong), "the answer");
        Assert.That(link.Received[0], Does.Contain("\"welcome\""));
    }

    [Test]
    public void FrameOfAMebibyte_GoesBothWaysWhole()
    {
        using var link = Dial();
        Until(() => link.Received.Length == 1, "the welcome");
        link.Send(Bind);
        link.Send(Open);
        var body = string.Concat(Enumerable.Repeat("0123456789abcdef", 1 << 16));
        link.Send($$"""{"type":"add","phase":"0","body":"{{body}}"}""");
        Until(() => link.Received.Any(frame => frame.Contains(body, StringComparison.Ordinal)), "the message itself");
    }

    [Test]
    public void EverySubscription_IsALinkOfItsOwn()
    {
        var link = Connector.Connect(Server, Observable.Never<ReadOnlyMemory<byte>>());
        var received = new[] { 0, 0 };
        using var one = link.Subscribe(_ => Interlocked.Increment(ref received[0]));
        using var two = link.Subscribe(_ => Interlocked.Increment(ref received[1]));
        Until(() => Volatile.Read(ref received[0]) == 1 && Volatile.Read(ref received[1]) == 1, "two welcomes");
        Until(() => LinksAtServer == Standing(2), "two links");
    }

    [Test]
    public void Disposed_WhatWasSentArrivesAndTheServerNotices()
    {
        using var watcher = Dial();
        Until(() => watcher.Received.Length == 1, "a welcome");
        watcher.Send(Bind.Replace("aa11", "bb22", StringComparison.Ordinal));
        watcher.Send(Open);

        var link = Dial();
        Until(() => link.Received.Length == 1, "a welcome");
        link.Send(Bind);
        link.Send(Open);
        link.Send("""{"type":"ping","ping":1}""");
        Until(() => link.Received.Any(IsPong), "the answers so far");
        // One frame: over TCP, answers to several would cross, and a connection that is closed with bytes unread is reset.
        link.Send("""{"type":"add","phase":"0","body":"00"}""");
        link.Dispose();
        var heard = link.Received.Length;
        Until(() => watcher.Received.Any(frame => frame.Contains("\"body\"", StringComparison.Ordinal)), "what was sent before");
        Until(() => LinksAtServer == Standing(1), "the end of the link");
        Assert.That(link.Received, Has.Length.EqualTo(heard), "nothing is heard after the end");
        Assert.That(link.End, Is.Null);
    }

    [Test]
    public void DisposedBeforeItIsMade_LeavesNothing()
    {
        Dial().Dispose();
        using var other = Dial();
        Until(() => other.Received.Length == 1, "the other link's welcome");
        Until(() => LinksAtServer == Standing(1), "one link");
    }

    [Test]
    public void ServerIsGone_DiallingFails()
    {
        StopServer();
        using var link = Dial();
        Until(() => link.End is not null, "the failure");
        Assert.That(link.End!.Exception, Is.InstanceOf<LinkException>());
        Assert.That(link.Received, Is.Empty);
    }

    [Test]
    public virtual void ServerStops_TheLinkEnds()
    {
        using var link = Dial();
        Until(() => link.Received.Length == 1, "the welcome");
        StopServer();
        Until(() => link.End is not null, "the end");
        link.Send(Bind);
        Assert.That(link.Received, Has.Length.EqualTo(1));
    }

    private static bool IsPong(string frame) => frame.Contains("\"pong\":", StringComparison.Ordinal);

    private protected Link Dial() => new(Connector, Server);

    /// <summary>A link and what came over it.</summary>
    private protected sealed class Link : IDisposable
    {
        private readonly Subject<ReadOnlyMemory<byte>> sent = new();
        private readonly List<ReadOnlyMemory<byte>> received = [];
        private readonly IDisposable subscription;

        internal Link(IRendezvousConnector connector, Uri server) => subscription = connector.Connect(server, sent).Materialize().Subscribe(Add);

        /// <summary>The frames so far, as they are now: one that the connector wrote over shows.</summary>
        internal string[] Received
        {
            get
            {
                lock (received)
                    return [.. received.Select(frame => Encoding.UTF8.GetString(frame.Span))];
            }
        }

        /// <summary>How the link ended, or null.</summary>
        internal Notification<ReadOnlyMemory<byte>>? End { get; private set; }

        internal void Send(string frame) => sent.OnNext(Encoding.UTF8.GetBytes(frame));

        public void Dispose() => subscription.Dispose();

        private void Add(Notification<ReadOnlyMemory<byte>> what)
        {
            lock (received)
            {
                if (what.HasValue)
                    received.Add(what.Value);
                else
                    End = what;
            }
        }
    }
}
