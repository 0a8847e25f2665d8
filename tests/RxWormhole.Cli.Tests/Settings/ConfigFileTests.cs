using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RxWormhole.Contracts;

namespace RxWormhole.Cli.Tests;

/// <summary>The configuration file: where it is, what it may say, and what <c>config</c> tells.</summary>
public sealed partial class ConfigFileTests
{
    [TestCase(PlatformID.Unix, "/home/me/.config/rxwormhole/config.json", "HOME=/home/me")]
    [TestCase(PlatformID.Unix, "/x/rxwormhole/config.json", "HOME=/home/me", "XDG_CONFIG_HOME=/x")]
    [TestCase(PlatformID.Unix, "/home/me/.config/rxwormhole/config.json", "HOME=/home/me", "XDG_CONFIG_HOME=x")]
    [TestCase(PlatformID.MacOSX, "/home/me/Library/Application Support/rxwormhole/config.json", "HOME=/home/me", "XDG_CONFIG_HOME=/x")]
    [TestCase(PlatformID.Win32NT, "/a/rxwormhole/config.json", "APPDATA=/a")]
    [TestCase(PlatformID.Win32NT, "/u/AppData/Roaming/rxwormhole/config.json", "USERPROFILE=/u")]
    [TestCase(PlatformID.Unix, "elsewhere.json", "HOME=/home/me", "RXWORMHOLE_CONFIG=elsewhere.json")]
    public void Path_IsTheUsualOneOfThePlatform(PlatformID platform, string path, params string[] variables)
    {
        var surroundings = new Surroundings { Platform = platform, Variable = name => variables.FirstOrDefault(each => each.StartsWith(name + "=", StringComparison.Ordinal))?.Split('=')[1] };
        Assert.That(ConfigFile.PathOf(surroundings), Is.EqualTo(path));
    }

    [TestCase("""{ "relayurl": "ws://x/v1" }""", "'relayurl'", "relay-url")]
    [TestCase("""{ "Verify": true }""", "'Verify'", "verify")]
    [TestCase("""{ "code": "1-a" }""", "'code'", "code-length")]
    [TestCase("""{ "profiles": { "a": { "b": 1 } } }""", "'profiles.a.b'", "relay-url")]
    [TestCase("""{ "profiles": { "a": { "verify": "yes" } } }""", "'profiles.a.verify'", "true or false", Description = "")]
    [TestCase("""{ "verify": 1 }""", "'verify' must be true or false", "--example")]
    [TestCase("""{ "code-length": "3" }""", "'code-length' must be a number", "--example")]
    [TestCase("""{ "code-length": 3.5 }""", "'code-length': expected a number from 1 to 16", "Mend")]
    [TestCase("""{ "relay-url": null }""", "'relay-url' must be a text", "--example")]
    [TestCase("""{ "relay-url": "http://x" }""", "'relay-url': expected a ws:// or wss:// address", "Mend")]
    [TestCase("""{ "output-dir": ["x"] }""", "'output-dir' must be a text", "--example")]
    [TestCase("""{ "timeout": true }""", "'timeout' must be a text in quotes, or a number", "--example")]
    [TestCase("""{ "profiles": [] }""", "'profiles' must be an object", "--example")]
    [TestCase("""{ "profiles": { "a": 1 } }""", "'profiles.a' must be an object", "--example")]
    [TestCase("""{ "profile": "b", "profiles": { "a": {} } }""", "'b'", "a")]
    [TestCase("""{ "verify": true, "verify": true }""", "verify", "--example")]
    [TestCase("""[]""", "must be an object", "--example")]
    [TestCase("""{ "verify": """, "no JSON", "--example")]
    [TestCase("", "no JSON", "--example")]
    [TestCase("""{ "output-dir": "\ud800" }""", "no JSON", "--example")]
    [TestCase("""{ "\ud800": 1 }""", "no JSON", "--example")]
    public void WrongFile_IsNamedWithKeyAndWhatIsAllowed(string json, string named, string advice)
    {
        var problem = (Typed.Line("send x") with { File = json }).Problem();
        Assert.That(problem.Message, Does.StartWith(Typed.ConfigPath).And.Contain(named));
        Assert.That(problem.Message + problem.Advice, Does.Contain(advice));
    }

    [Test]
    public void MissingFile_MattersWhereItIsNamedOnly()
    {
        Assert.That(() => Typed.Line("send x").Settings(), Throws.Nothing);
        Assert.That((Typed.Line("send x") with { Environment = new() { ["RXWORMHOLE_CONFIG"] = "/no/such" } }).Problem().Message, Does.Contain("/no/such").And.Contain("RXWORMHOLE_CONFIG"));
    }

    [Test]
    public void UnknownProfile_IsNamedWithThoseThereAre()
    {
        var typed = Typed.Line("send x --profile c") with { File = """{ "profiles": { "a": {}, "b": {} } }""" };
        var problem = typed.Problem();
        Assert.That(problem.Message, Does.StartWith("--profile").And.Contain("'c'"));
        Assert.That(problem.Advice, Does.EndWith("a, b."));
    }

    [Test]
    public void LongFile_IsNotRead()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, new string(' ', 300_000));
            Assert.That(() => new Surroundings().ReadFile(path), Throws.TypeOf<FailedException>().With.Message.Contains("longer"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void Example_SaysNothing()
    {
        var typed = Typed.Line("receive 1-a") with { File = ConfigExample.Text() };
        Assert.That(typed.Settings(), Is.EqualTo(new ClientSettings { Code = "1-a" }));
    }

    [Test]
    public void ExampleWithoutItsMarks_IsAConfigurationWithEverySetting()
    {
        var json = Commented().Replace(ConfigExample.Text(), "  $1");
        var file = ConfigFile.Read((Typed.Line("config") with { File = json }).Surroundings);
        Assert.That(file.Settings.Keys, Is.EquivalentTo(SettingTable.All.Select(setting => setting.Name)));
        Assert.That((file.Profile, file.Profiles["work"].Count), Is.EqualTo(("work", 2)));
    }

    [Test]
    public void Report_NamesEverySettingAndNeverACode()
    {
        var typed = Typed.Line("config --hide-progress") with { File = """{ "code-length": 3 }""", Environment = new() { ["RXWORMHOLE_CODE"] = "7-secret-words", ["WORMHOLE_QR"] = "0" } };
        var text = ConfigCommand.Answer(typed.Parse(), typed.Surroundings);
        Assert.That(text, Does.StartWith($"file     {Typed.ConfigPath}\nprofile  none\n").And.Not.Contain("secret"));
        Assert.That(Line(text, "hide-progress"), Does.Match(@"^hide-progress +true +--hide-progress$"));
        Assert.That(Line(text, "code-length"), Does.Match(@"^code-length +3 +file$"));
        Assert.That(Line(text, "qr"), Does.Match(@"^qr +0 +environment WORMHOLE_QR$"));
        Assert.That(Line(text, "verify"), Does.Match(@"^verify +false +default$"));
        Assert.That(SettingTable.All.Select(setting => Line(text, setting.Name)), Has.All.Not.Empty);
    }

    [Test]
    public void ReportOfAWrongConfiguration_IsAProblem()
    {
        var typed = Typed.Line("config") with { Environment = new() { ["WORMHOLE_RELAY_URL"] = "x" } };
        Assert.That(() => ConfigCommand.Answer(typed.Parse(), typed.Surroundings), Throws.TypeOf<FailedException>());
    }

    [Test]
    public void WhatIsInAVariable_IsHarmlessAndWhole()
    {
        var name = "a\u202eb\u0085" + new string('x', 1000);
        var typed = Typed.Line("config") with { File = "{}", Environment = new() { ["RXWORMHOLE_CONFIG"] = "/" + name } };
        var text = ConfigCommand.Answer(typed.Parse(), typed.Surroundings);
        Assert.That(text, Does.StartWith($"file     /a\\u{{202e}}b\\u{{85}}{new string('x', 1000)}\n"));
    }

    [Test]
    public void PathForPrograms_IsAnEvent()
    {
        var typed = Typed.Line("config --path --json");
        AssertDone(ConfigCommand.Answer(typed.Parse(), typed.Surroundings), Typed.ConfigPath);
    }

    [Test]
    public void ExampleForPrograms_IsAMistake()
    {
        var typed = Typed.Line("config --example --json");
        Assert.That(() => ConfigCommand.Answer(typed.Parse(), typed.Surroundings), Throws.TypeOf<FailedException>().With.Message.Contains("--example"));
    }

    private static void AssertDone(string answer, string path)
    {
        var lines = answer.TrimEnd('\n').Split('\n');
        EventSchema.AssertValid(lines);
        EventSchema.AssertEnded(lines);
        Assert.That((string?)JsonNode.Parse(lines.Single())!["path"], Is.EqualTo(path));
    }

    [Test]
    public void InitForPrograms_IsAnEvent()
    {
        var folder = Directory.CreateTempSubdirectory("rxwormhole-config-").FullName;
        try
        {
            var path = Path.Combine(folder, "config.json");
            var typed = Typed.Line("config --init --json") with { Environment = new() { ["RXWORMHOLE_CONFIG"] = path } };
            AssertDone(ConfigCommand.Answer(typed.Parse(), typed.Surroundings), path);
            Assert.That(File.Exists(path), Is.True);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void Init_WritesTheExampleOnce()
    {
        var folder = Directory.CreateTempSubdirectory("rxwormhole-config-").FullName;
        try
        {
            var path = Path.Combine(folder, "new", "config.json");
            var typed = Typed.Line("config --init") with { Environment = new() { ["RXWORMHOLE_CONFIG"] = path } };
            Assert.That(ConfigCommand.Answer(typed.Parse(), typed.Surroundings), Is.EqualTo(path + "\n"));
            Assert.That(File.ReadAllText(path, Encoding.UTF8), Is.EqualTo(ConfigExample.Text()));
            Assert.That(() => ConfigCommand.Answer(typed.Parse(), typed.Surroundings), Throws.TypeOf<FailedException>().With.Message.Contains("there already"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Line(string text, string name) => text.Split('\n').FirstOrDefault(line => line.StartsWith(name + " ", StringComparison.Ordinal)) ?? "";

    [GeneratedRegex(@"^  // ((?:""|  ""|\}).*)$", RegexOptions.Multiline)]
    private static partial Regex Commented();
}
