namespace RxWormhole.Cli.Tests;

/// <summary>What options mean, and which of them make no sense.</summary>
public sealed class OptionsTests
{
    [TestCase("90s", 90)]
    [TestCase("90", 90)]
    [TestCase("10m", 600)]
    [TestCase("2h", 7200)]
    [TestCase("1d", 86_400)]
    [TestCase("1.5m", 90)]
    public void Timeout_IsATime(string text, int seconds) => Assert.That(Typed.Line($"send x --timeout {text}").Settings().Timeout, Is.EqualTo(TimeSpan.FromSeconds(seconds)));

    [TestCase("--timeout 0")]
    [TestCase("--timeout -1")]
    [TestCase("--timeout 5x")]
    [TestCase("--timeout s")]
    [TestCase("--timeout 50d")]
    [TestCase("--timeout 1,5m")]
    [TestCase("--timeout 99999999999999999999999999999")]
    [TestCase("--timeout 79228162514264337593543950335d")]
    [TestCase("--port 0")]
    [TestCase("--port 65536")]
    [TestCase("--port 5-4")]
    [TestCase("--port 1-2-3")]
    [TestCase("--port x")]
    [TestCase("--relay-url http://example.com")]
    [TestCase("--relay-url example.com")]
    [TestCase("--relay-url ws:")]
    [TestCase("--relay-url //\u202e")]
    [TestCase("--relay-url ws://me:secret@example.com/v1")]
    [TestCase("--transit-helper example.com")]
    [TestCase("--transit-helper tcp:example.com")]
    [TestCase("--transit-helper http://example.com")]
    [TestCase("--code-length 0")]
    [TestCase("--code-length 17")]
    [TestCase("--code-length two")]
    [TestCase("--schedule often")]
    [TestCase("--schedule 5ms")]
    [TestCase("--schedule 5s,10s")]
    [TestCase("--schedule 5s,10m=1m,5m=1m")]
    [TestCase("--schedule 31d")]
    [TestCase("--color red")]
    public void ValueThatMakesNoSense_IsNamedWithWhatDoes(string option)
    {
        var problem = Typed.Line($"send x {option}").Problem();
        Assert.That(problem.Message, Does.StartWith(option.Split(' ')[0]).And.Contain("expected ").And.Contain($"'{option.Split(' ')[1]}'"));
    }

    [TestCase("--appid", "")]
    [TestCase("--relay-url", "")]
    [TestCase("--timeout", "")]
    public void EmptyValue_IsRefused(string option, string value) => Assert.That(new Typed("send", "x", option, value).Problem().Message, Does.StartWith(option));

    [TestCase("receive 1-a --output-dir", "")]
    [TestCase("receive 1-a -o", "")]
    public void EmptyName_IsRefused(string line, string value) => Assert.That(new Typed([.. line.Split(' '), value]).Problem().Message, Does.Contain("expected"));

    [Test]
    public void Ports_AreOneOrARange()
    {
        Assert.That(Typed.Line("send x --port 4000").Settings().Ports, Is.EqualTo(TransitPorts.Only(4000)));
        Assert.That(Typed.Line("send x --port 4000-4010").Settings().Ports, Is.EqualTo(new TransitPorts(4000, 4010)));
    }

    [Test]
    public void Schedule_HasANameOrSteps()
    {
        Assert.That(Typed.Line("send x").Settings().Schedule, Is.Null);
        Assert.That(Typed.Line("send x --schedule patient").Settings().Schedule, Is.SameAs(PollingSchedule.Patient));
        var schedule = Typed.Line("send x --schedule 0.5s,10m=1m,1h=10m").Settings().Schedule!;
        Assert.That(
            new[] { 0, 599, 600, 3600 }.Select(age => schedule.IntervalAt(TimeSpan.FromSeconds(age)).TotalSeconds),
            Is.EqualTo(new[] { 0.5, 0.5, 60, 600 }));
    }

    [Test]
    public void TransitHelper_MayBeNone()
    {
        Assert.That(Typed.Line("send x").Settings().TransitHelper, Is.Null);
        Assert.That(new Typed("--transit-helper", "", "send", "x").Settings().TransitHelper, Is.Empty);
        Assert.That(Typed.Line("send x --transit-helper none").Settings().TransitHelper, Is.Empty);
        Assert.That(Typed.Line("send x --transit-helper wss://example.com/").Settings().TransitHelper, Is.EqualTo("wss://example.com/"));
    }

    [Test]
    public void EveryFlag_IsHeard()
    {
        var settings = Typed.Line("receive --allocate --code-length 5 --verify --hide-progress --no-listen --direct-only --verbose --color never --no-qr --accept-file --rename --json --dump-timing t.json --output-dir d --appid a").Settings();
        Assert.That(settings, Is.EqualTo(new ClientSettings
        {
            AppId = "a", CodeLength = 5, Verify = true, HideProgress = true, Listen = false, Paths = TransitPaths.Direct, Verbose = true, Color = ColorChoice.Never, Qr = false,
            AcceptFile = true, Existing = ExistingChoice.Rename, Json = true, DumpTiming = "t.json", OutputDir = "d",
        }));
    }

    [TestCase("receive -0 1-a", "-0")]
    [TestCase("send -0 --code 1-a x", "-0")]
    [TestCase("receive -0 --allocate", "-0")]
    [TestCase("receive --allocate 1-a", "--allocate")]
    [TestCase("receive --code-length 3", "--code-length")]
    [TestCase("receive --code-length 3 1-a", "--code-length")]
    [TestCase("receive 7 crossover clockwork", "one code")]
    [TestCase("receive 1-a 2-b", "one code")]
    [TestCase("send --code - -", "Standard input")]
    [TestCase("send --code - --text -", "Standard input")]
    [TestCase("send - x", "Standard input")]
    [TestCase("send --text hello world", "text")]
    [TestCase("send x --direct-only --relay-only", "--direct-only and --relay-only")]
    [TestCase("send x --relay-only --transit-helper none", "relay")]
    [TestCase("send x --listen --no-listen", "--listen and --no-listen")]
    [TestCase("send x --no-listen --port 4000", "--no-listen")]
    [TestCase("send x --qr --no-qr", "--qr and --no-qr")]
    [TestCase("receive 1-a --overwrite --rename", "--overwrite and --rename")]
    [TestCase("receive 1-a --rename --skip", "--rename and --skip")]
    [TestCase("receive 1-a --verify --yes", "--yes")]
    [TestCase("receive 1-a -o /tmp/x --output-dir y", "--output-file")]
    [TestCase("receive 1-a -o y/x --output-dir y", "--output-file")]
    [TestCase("receive 1-a -o - --output-dir y", "--output-file")]
    [TestCase("receive 1-a -o - --json", "--json")]
    [TestCase("receive 1-a --rename=false", "--rename")]
    public void WhatCannotBeMeantTogether_IsRefused(string line, string named) => Assert.That(Typed.Line(line).Problem().Message, Does.Contain(named));

    [TestCase("send x --no-listen --direct-only")]
    [TestCase("send x --listen")]
    [TestCase("receive -o x --output-dir y 1-a")]
    [TestCase("receive --allocate -c 3")]
    [TestCase("send --code 1-a --code-length 3 x")]
    [TestCase("send a b c")]
    [TestCase("send")]
    public void WhatCanBeMeant_IsTaken(string line) => Assert.That(() => Typed.Line(line).Settings(), Throws.Nothing);
}
