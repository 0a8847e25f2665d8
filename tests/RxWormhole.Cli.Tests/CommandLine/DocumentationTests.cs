using System.Text.RegularExpressions;
using RxWormhole.Contracts;

namespace RxWormhole.Cli.Tests;

/// <summary>docs/command-line.md names what there is, and nothing else.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "command-line.md"));

    [TestCase("send")]
    [TestCase("receive")]
    [TestCase("ssh invite")]
    [TestCase("ssh accept")]
    [TestCase("serve")]
    public void Options_AreThoseOfTheCommand(string command)
    {
        var documented = Sections().Where(section => section.Commands.Contains(command)).SelectMany(section => section.Names);
        Assert.That(documented, Is.EquivalentTo(Names(Find(command))));
    }

    [Test]
    public void ConfigsOwnOptions_AreDocumented()
    {
        var own = Find("config").Options.Except(ClientOptions.Common.Concat(ClientOptions.OfReceive).Concat(ClientOptions.OfSend)).Where(option => !option.Hidden);
        Assert.That(Sections().Single(section => section.Commands is ["config"]).Names, Is.EquivalentTo(own.Select(option => option.Name)));
    }

    [Test]
    public void Commands_AreThoseThereAre()
    {
        var root = CommandTree.Create();
        var commands = root.Subcommands.Where(command => !command.Hidden).SelectMany(command => command.Subcommands.Count > 0 ? command.Subcommands.Select(child => $"{command.Name} {child.Name}") : [command.Name]);
        var table = Text[..Text.IndexOf("## Codes", StringComparison.Ordinal)];
        Assert.That(commands, Has.All.Matches<string>(name => table.Contains($"`{name}", StringComparison.Ordinal)));
    }

    [Test]
    public void Variables_AreThoseThatAreRead()
    {
        var read = SettingTable.All.Select(setting => setting.Variable).OfType<string>().Concat([SettingsReader.ProfileVariable, GivenCode.Variable, ConfigFile.PathVariable, "NO_COLOR"]);
        var documented = Variable().Matches(Text).Select(match => match.Groups[1].Value);
        Assert.That(documented, Is.EquivalentTo(read));
    }

    [Test]
    public void ExitCodes_AreThoseThereAre()
    {
        var documented = Number().Matches(Text).Select(match => match.Groups[1].Value);
        Assert.That(documented, Is.EquivalentTo(Enum.GetValues<ExitCode>().Select(code => ((int)code).ToString(System.Globalization.CultureInfo.InvariantCulture))));
    }

    [Test]
    public void ConfigurationFile_IsOne()
    {
        var json = Text.Split("```json\n")[1].Split("```")[0];
        var file = ConfigFile.Read((Typed.Line("config") with { File = json }).Surroundings);
        Assert.That((file.Profile, file.Profiles.Count, file.Settings.Count), Is.EqualTo(("work", 2, 3)));
    }

    private static System.CommandLine.Command Find(string path) => path.Split(' ').Aggregate((System.CommandLine.Command)CommandTree.Create(), (command, name) => command.Subcommands.Single(each => each.Name == name));

    private static IEnumerable<string> Names(System.CommandLine.Command command) => command.Options.Where(option => !option.Hidden).SelectMany(option => option.Aliases.Append(option.Name));

    // The names in the first cell of each row below a heading of commands.
    private static IEnumerable<(string[] Commands, string[] Names)> Sections() => Text.Split("\n### ").Skip(1).Where(section => section[0] == '`').Select(section => (
        Command().Matches(section.Split('\n')[0]).Select(match => match.Groups[1].Value).ToArray(),
        section.Split("\n## ")[0].Split('\n').Where(line => line.StartsWith("| `-", StringComparison.Ordinal)).SelectMany(line => Name().Matches(line.Split(" | ")[0])).Select(match => match.Groups[1].Value).ToArray()));

    [GeneratedRegex("`([a-z ]+)`")]
    private static partial Regex Command();

    [GeneratedRegex("`(-[-a-z0]+|-[A-Z])")]
    private static partial Regex Name();

    [GeneratedRegex(@"^\| `([A-Z_]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Variable();

    [GeneratedRegex(@"^\| (\d+) \|", RegexOptions.Multiline)]
    private static partial Regex Number();
}
