using System.Reactive.Concurrency;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace RxWormhole.Tests.Hosting;

public sealed class AddWormholeTests : VirtualTimeFixture
{
    [Test]
    public void Configuration_SaysEverythingItCan()
    {
        var options = Options(new()
        {
            ["AppId"] = "example.com/hosted",
            ["Rendezvous"] = "wss://mailbox.example.com/v1",
            ["Mode"] = "Poll",
            ["Timeout"] = "02:00:00",
            ["Steps:0:After"] = "00:00:00",
            ["Steps:0:Interval"] = "00:00:10",
            ["Steps:1:After"] = "00:01:00",
            ["Steps:1:Interval"] = "00:00:30",
            ["Jitter"] = "0.5",
            ["Bounds:MessageBytes"] = "1000",
            ["Bounds:HeldMessages"] = "7",
        });
        Assert.Multiple(() =>
        {
            Assert.That(options.AppId, Is.EqualTo("example.com/hosted"));
            Assert.That(options.Rendezvous, Is.EqualTo(new Uri("wss://mailbox.example.com/v1")));
            Assert.That(options.Mode, Is.EqualTo(LinkMode.Poll));
            Assert.That(options.Timeout, Is.EqualTo(TimeSpan.FromHours(2)));
            Assert.That(options.Schedule.IntervalAt(TimeSpan.FromSeconds(59)), Is.EqualTo(TimeSpan.FromSeconds(10)));
            Assert.That(options.Schedule.IntervalAt(TimeSpan.FromSeconds(60), 0.5), Is.EqualTo(TimeSpan.FromSeconds(37.5)));
            Assert.That(options.Bounds, Is.EqualTo(new WormholeBounds { MessageBytes = 1000, HeldMessages = 7 }));
        });
    }

    [Test]
    public void WhatConfigurationLeavesOut_IsAsUsual()
    {
        var usual = new WormholeOptions { AppId = "example.com/hosted" };
        var options = Options(new() { ["AppId"] = "example.com/hosted" });
        Assert.That(options with { Logger = usual.Logger }, Is.EqualTo(usual));
    }

    [TestCase("FaceToFace", 0.5)]
    [TestCase("patient", 60)]
    public void NamedSchedules_AreKnown(string name, double seconds)
    {
        var options = Options(new() { ["AppId"] = "a", ["Schedule"] = name });
        Assert.That(options.Schedule.IntervalAt(TimeSpan.Zero), Is.EqualTo(TimeSpan.FromSeconds(seconds)));
    }

    [TestCase("Schedule", "Sometimes", "Sometimes")]
    [TestCase("Timout", "00:01:00", "Timout")]
    [TestCase("Timeout", "soon", "Timeout")]
    [TestCase("Timeout", "-1", "Timeout")]
    [TestCase("Mode", "Pull", "Mode")]
    [TestCase("Rendezvous", "https://example.com", "Rendezvous")]
    [TestCase("Steps:0:Interval", "00:00:00", "interval of step 1")]
    [TestCase("Jitter", "2", "fraction")]
    [TestCase("Bounds:MessageBytes", "-1", "Bounds.MessageBytes")]
    [TestCase("AppId", "", "AppId")]
    public void WhatCannotBeUsed_IsNamed(string key, string value, string named)
    {
        var problem = Assert.Catch(() => Options(new() { ["AppId"] = "a", [key] = value }));
        Assert.That(problem, Is.InstanceOf<ArgumentException>().Or.InstanceOf<InvalidOperationException>());
        Assert.That(problem.ToString(), Does.Contain(named));
    }

    [Test]
    public void ScheduleAndSteps_ExcludeEachOther() => Assert.That(
        () => Options(new() { ["AppId"] = "a", ["Schedule"] = "Patient", ["Steps:0:Interval"] = "00:00:10" }),
        Throws.ArgumentException.With.Message.Contains("not both"));

    [Test]
    public void SchedulerLoggerAndConnector_ComeFromTheContainer()
    {
        var log = new LogRecorder();
        using var provider = new ServiceCollection()
            .AddSingleton<IScheduler>(Clock)
            .AddSingleton<IRendezvousConnector>(Rendezvous)
            .AddSingleton<ILoggerFactory>(new OneLogger(log))
            .AddWormhole(Configuration(new() { ["AppId"] = "example.com/test" }), (_, options) => options with { Rendezvous = Rendezvous.Address })
            .BuildServiceProvider();
        var hosted = provider.GetRequiredService<WormholeOptions>();
        Assert.That(provider.GetRequiredService<WormholeOptions>(), Is.SameAs(hosted));

        var code = Record(Wormhole.Use(hosted, w => w.AllocateCode()));
        Advance(10);
        Assert.That(code.Values, Has.Count.EqualTo(1));
        Assert.That(log.All, Is.Not.Empty);
    }

    [Test]
    public void OptionsRegisteredBefore_Stay()
    {
        var mine = Options("alice");
        using var provider = new ServiceCollection().AddSingleton(mine).AddWormhole(Configuration(new() { ["AppId"] = "example.com/other" })).BuildServiceProvider();
        Assert.That(provider.GetRequiredService<WormholeOptions>(), Is.SameAs(mine));
    }

    private static WormholeOptions Options(Dictionary<string, string?> settings)
    {
        using var provider = new ServiceCollection().AddLogging().AddWormhole(Configuration(settings)).BuildServiceProvider();
        return provider.GetRequiredService<WormholeOptions>();
    }

    private static IConfigurationRoot Configuration(Dictionary<string, string?> settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build();

    private sealed class OneLogger(ILogger logger) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName)
        {
            Assert.That(categoryName, Is.EqualTo("RxWormhole"));
            return logger;
        }

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }
    }
}
