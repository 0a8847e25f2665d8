using System.Reactive.Concurrency;

namespace RxWormhole.Tests.Errors;

public sealed class OptionsTests
{
    private static readonly WormholeOptions Good = new() { AppId = "example.com/test" };

    [Test]
    public void AllProblems_AreReportedAtOnce()
    {
        var bad = new WormholeOptions
        {
            AppId = "",
            Rendezvous = new Uri("http://example.com/"),
            Connector = null!,
            Scheduler = null!,
            Mode = (LinkMode)7,
            Schedule = null!,
            Timeout = TimeSpan.Zero,
            AppVersions = null!,
            Entropy = null!,
            Logger = null!,
            Bounds = new WormholeBounds { MessageBytes = 0, SessionBytes = -1, SessionMessages = 0, HeldMessages = -1, HashcashBits = 161 },
        };
        var problems = Assert.Throws<ArgumentException>(() => Wormhole.Create(bad)).Message;
        foreach (var name in new[]
        {
            "AppId", "Rendezvous", "Connector", "Scheduler", "Mode", "Schedule", "Timeout", "AppVersions", "Entropy", "Logger",
            "Bounds.MessageBytes", "Bounds.SessionBytes", "Bounds.SessionMessages", "Bounds.HeldMessages", "Bounds.HashcashBits",
        })
        {
            Assert.That(problems, Does.Contain(name));
        }
    }

    [Test]
    public void EachProblem_IsFound()
    {
        WormholeOptions[] bad =
        [
            Good with { AppId = new string('x', 1001) },
            Good with { AppId = "\uD800"[..1] },
            Good with { Rendezvous = new Uri("/v1", UriKind.Relative) },
            Good with { Scheduler = ImmediateScheduler.Instance },
            Good with { Scheduler = CurrentThreadScheduler.Instance },
            Good with { Timeout = TimeSpan.FromSeconds(-2) },
            Good with { Timeout = TimeSpan.FromDays(50) },
            Good with { Bounds = null! },
            Good with { Bounds = new WormholeBounds { HashcashBits = -1 } },
        ];
        foreach (var options in bad)
        {
            Assert.That(() => Wormhole.Create(options), Throws.ArgumentException, options.ToString());
            Assert.That(() => Wormhole.Use(options, wormhole => wormhole.AllocateCode()), Throws.ArgumentException);
        }
    }

    [Test]
    public void Limits_AreAllowed()
    {
        WormholeOptions[] good =
        [
            Good with { AppId = new string('x', 1000) },
            Good with { Timeout = Timeout.InfiniteTimeSpan },
            Good with { Timeout = TimeSpan.FromTicks(1) },
            Good with { Timeout = TimeSpan.FromDays(49) },
            Good with { Rendezvous = new Uri("ws://[::1]:4000/v1") },
            Good with { Bounds = new WormholeBounds { HashcashBits = 160, HeldMessages = 0, MessageBytes = 1, SessionBytes = 1, SessionMessages = 1 } },
        ];
        foreach (var options in good)
            Assert.That(() => Wormhole.Create(options).Dispose(), Throws.Nothing, options.ToString());
    }

    [Test]
    public void PublicServer_IsTheUsualOne() => Assert.That(Good.Rendezvous, Is.EqualTo(new Uri("wss://relay.magic-wormhole.io/v1")));

    [Test]
    public void Printable_MakesControlAndFormatCharactersVisible()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Printable.Of("a\nb\u001b[0m\u202Ec\u2028"), Is.EqualTo("a\\u{a}b\\u{1b}[0m\\u{202e}c\\u{2028}"));
            Assert.That(Printable.Of("plain é 🙈"), Is.EqualTo("plain é 🙈"));
            Assert.That(Printable.Of(new string('x', 10_000)), Has.Length.EqualTo(501).And.EndsWith("…"));
        });
    }
}
