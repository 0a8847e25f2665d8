using System.Text.Json;
using RxWormhole.Contracts;

namespace RxWormhole.Cli.Tests;

/// <summary>Option, environment, profile, file, default: the first that says something is heard.</summary>
public sealed class PrecedenceTests
{
    private const string File = """
        {
          // everybody's
          "relay-url": "ws://file/v1",
          "profile": "work",
          "profiles": {
            "work": { "relay-url": "ws://work/v1", "output-dir": "~/in", },
            "other": { "relay-url": "ws://other/v1" },
          },
        }
        """;

    [TestCase("config", "", "wss://relay.magic-wormhole.io/v1", null, null)]
    [TestCase("config --profile=", File, "ws://file/v1", "file", null)]
    [TestCase("config", File, "ws://work/v1", "profile work", null)]
    [TestCase("config --profile other", File, "ws://other/v1", "profile other", null)]
    [TestCase("config", File, "ws://env/v1", "WORMHOLE_RELAY_URL", "ws://env/v1")]
    [TestCase("config --relay-url ws://option/v1", File, "ws://option/v1", "--relay-url", "ws://env/v1")]
    public void FirstThatSaysSomething_IsHeard(string line, string file, string url, string? from, string? variable)
    {
        var typed = Typed.Line(line) with { File = file.Length > 0 ? file : null };
        if (variable is not null)
            typed.Environment["WORMHOLE_RELAY_URL"] = variable;
        Assert.That(typed.Settings().Mailbox, Is.EqualTo(new Uri(url)));
        var setting = Report(typed).GetProperty("settings").GetProperty("relay-url");
        Assert.That((setting.GetProperty("value").GetString(), setting.TryGetProperty("from", out var where) ? where.GetString() : null), Is.EqualTo((url, from)));
    }

    [Test]
    public void Home_IsTheUsersFolder() => Assert.That((Typed.Line("receive 1-a") with { File = File }).Settings().OutputDir, Is.EqualTo("/home/me/in"));

    [Test]
    public void EnvironmentsProfile_IsHeardBeforeTheFiles()
    {
        var typed = Typed.Line("send x") with { File = File, Environment = new() { ["RXWORMHOLE_PROFILE"] = "other" } };
        Assert.That(typed.Settings().Mailbox.Host, Is.EqualTo("other"));
        Assert.That((typed with { Words = ["send", "x", "--profile", "work"] }).Settings().Mailbox.Host, Is.EqualTo("work"));
    }

    [TestCase("", null)]
    [TestCase("1", true)]
    [TestCase("yes", true)]
    [TestCase("On", true)]
    [TestCase("0", false)]
    [TestCase("false", false)]
    public void EnvironmentOfThePythonClient_IsHeard(string text, bool? expected)
    {
        var typed = Typed.Line("receive 1-a") with { Environment = new() { ["WORMHOLE_QR"] = text, ["WORMHOLE_ACCEPT_FILE"] = text, ["WORMHOLE_TRANSIT_HELPER"] = "", ["WORMHOLE_RELAY_URL"] = "" } };
        var settings = typed.Settings();
        Assert.That((settings.Qr, settings.AcceptFile), Is.EqualTo((expected, expected ?? false)));
        Assert.That((settings.TransitHelper, settings.Mailbox), Is.EqualTo((default(string), PublicServers.Mailbox)), "with click, an empty variable says nothing");
    }

    [TestCase("WORMHOLE_QR", "maybe")]
    [TestCase("WORMHOLE_RELAY_URL", "http://x")]
    [TestCase("WORMHOLE_TRANSIT_HELPER", "x")]
    public void VariableThatMakesNoSense_IsNamed(string name, string value) =>
        Assert.That((Typed.Line("send x") with { Environment = new() { [name] = value } }).Problem().Message, Does.StartWith(name));

    [Test]
    public void OptionTakesBack_WhatAProfileSays()
    {
        const string strict = """{ "verify": true, "paths": "relay", "timeout": 60, "schedule": "5s", "port": 4000, "accept-file": true, "existing": "rename" }""";
        var settings = (Typed.Line("receive 1-a --verify=false --timeout never --schedule none --port any --accept-file=false --direct-only --skip") with { File = strict }).Settings();
        Assert.That(settings, Is.EqualTo(new ClientSettings { Code = "1-a", Paths = TransitPaths.Direct, Existing = ExistingChoice.Skip }));
    }

    [Test]
    public void SshsId_IsNoFilesId()
    {
        var typed = Typed.Line("ssh invite") with { File = """{ "appid": "files", "qr": true }""" };
        Assert.That(typed.Settings().AppId, Is.EqualTo("lothar.com/wormhole/ssh-add"));
        Assert.That((typed with { Words = ["ssh", "invite", "--appid", "a"] }).Settings().AppId, Is.EqualTo("a"));
        Assert.That((typed with { Words = ["send", "x"] }).Settings().AppId, Is.EqualTo("files"));
    }

    private static JsonElement Report(Typed typed)
    {
        var lines = ConfigCommand.Answer((typed with { Words = [.. typed.Words, "--json"] }).Parse(), typed.Surroundings).TrimEnd('\n').Split('\n');
        EventSchema.AssertValid(lines);
        EventSchema.AssertEnded(lines);
        return JsonDocument.Parse(lines[0]).RootElement;
    }
}
