using System.CommandLine;

namespace RxWormhole.Cli.Tests;

/// <summary>Options before the command and behind it, and what stays as it is.</summary>
public sealed class CommandWordsTests
{
    [TestCase("send x", "send x")]
    [TestCase("--verify send x", "send --verify=true x")]
    [TestCase("--relay-url ws://h/v1 send x", "send --relay-url=ws://h/v1 x")]
    [TestCase("--relay-url=ws://h/v1 send x", "send --relay-url=ws://h/v1 x")]
    [TestCase("--relay-url send send x", "send --relay-url=send x")]
    [TestCase("-v -c 4 tx x --no-qr", "send -v=true -c=4 x --no-qr=true")]
    [TestCase("-vc4 send x", "send -v=true -c=4 x")]
    [TestCase("-vc 4 send x", "send -v=true -c=4 x")]
    [TestCase("-vc=4 send x", "send -v=true -c=4 x")]
    [TestCase("-0 recv", "receive -0=true")]
    [TestCase("send send", "send send")]
    [TestCase("send x --verify true", "send x --verify=true true")]
    [TestCase("send --verify=no x", "send --verify=false x")]
    [TestCase("send --text -v", "send --text=-v")]
    [TestCase("send --text --yes", "send --text=--yes")]
    [TestCase("receive -o - 1-a", "receive -o=- 1-a")]
    [TestCase("--yes ssh -c 3 invite -u me", "ssh invite --yes=true -c=3 -u=me")]
    [TestCase("ssh --yes accept 1-a", "ssh accept --yes=true 1-a")]
    [TestCase("--mailbox *:4000 serve --relay none", "serve --mailbox=*:4000 --relay=none")]
    [TestCase("--set a=b serve --set c:d=e=f", "serve --set=a=b --set=c:d=e=f")]
    [TestCase("send -- --verify -x", "send -- --verify -x")]
    [TestCase("-v send -- -v", "send -v=true -- -v")]
    [TestCase("-- send x", "-- send x")]
    [TestCase("send -", "send -")]
    [TestCase("sned --verify", "sned --verify=true")]
    [TestCase("--version", "--version")]
    [TestCase("--help send", "send --help")]
    [TestCase("complete -- receive --relay-url x ", "complete -- receive --relay-url x")]
    public void Words_ComeInOneOrder(string typed, string expected) => Assert.That(string.Join(' ', Sort(typed)), Is.EqualTo(expected));

    [Test]
    public void EmptyValue_StaysAWord() => Assert.That(CommandWords.InOrder(CommandTree.Create(), ["--transit-helper", "", "send", "x"]), Is.EqualTo(new[] { "send", "--transit-helper", "", "x" }));

    [Test]
    public void ValueThatIsMissing_IsLeftToTheParser() => Assert.That(CommandParser.Problem(CommandParser.Parse(CommandTree.Create(), ["send", "--text"]))!.Message, Does.Contain("--text"));

    [TestCase("send --verfy x", "'--verfy'", "--verify")]
    [TestCase("--bogus send x", "'--bogus'", "--help")]
    [TestCase("receive --text x", "'--text'", "--help")]
    [TestCase("send -x", "'-x'", "behind --")]
    [TestCase("send --verify=maybe x", "--verify", "Leave the value out")]
    public void OptionThatIsNotThere_IsNoFile(string typed, string named, string advice)
    {
        var failure = Assert.Throws<FailedException>(() => Sort(typed))!.Failure;
        Assert.That(failure.Kind, Is.EqualTo(ExitCode.Usage));
        Assert.That(failure.Message, Does.Contain(named));
        Assert.That(failure.Advice, Does.Contain(advice));
    }

    [TestCase("", "needs a command")]
    [TestCase("sned x", "'sned'")]
    [TestCase("ssh", "invite, accept")]
    [TestCase("ssh invte", "'invte'")]
    [TestCase("completion", "SHELL")]
    [TestCase("config --nonsense", "--nonsense")]
    public void CommandThatIsNotThere_IsNamed(string typed, string named)
    {
        var problem = CommandParser.Problem(Typed.Line(typed).Parse());
        Assert.That(problem?.Kind, Is.EqualTo(ExitCode.Usage));
        Assert.That(problem!.Message, Does.Contain(named));
        Assert.That(problem.Advice, Does.Contain("--help"));
    }

    [Test]
    public void MistypedCommand_IsGuessed() => Assert.That(CommandParser.Problem(Typed.Line("recive x").Parse())!.Advice, Does.StartWith("Did you mean receive?"));

    [TestCase("send @x", "@x")]
    [TestCase("send /h", "/h")]
    [TestCase("send true", "true")]
    [TestCase("--verify send false", "false")]
    public void FileOfAnOddName_IsAFile(string typed, string file)
    {
        var parsed = Typed.Line(typed).Parse();
        Assert.That(CommandParser.Problem(parsed), Is.Null);
        Assert.That(parsed.GetValue(ClientOptions.What), Is.EqualTo(new[] { file }));
    }

    // Otherwise it could not be known, before the command is, whether a word is an option's value.
    [Test]
    public void NoNameHasAValueInOneCommandOnly()
    {
        var takes = All(CommandTree.Create())
            .SelectMany(option => option.Aliases.Append(option.Name).Select(name => (name, HasValue: option.ValueType != typeof(bool))))
            .GroupBy(each => each.name);
        Assert.That(takes.Where(group => group.Select(each => each.HasValue).Distinct().Count() > 1).Select(group => group.Key), Is.Empty);
    }

    private static IEnumerable<Option> All(System.CommandLine.Command command) => command.Options.Concat(command.Subcommands.SelectMany(All));

    private static IEnumerable<string> Sort(string typed) => CommandWords.InOrder(CommandTree.Create(), typed.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
