
namespace RxWormhole.Cli.Tests;

/// <summary>What a word may become, in every place of a command line.</summary>
public sealed class CompleterTests
{
    [TestCase("|", "send receive ssh serve config completion help")]
    [TestCase("s|", "send ssh serve")]
    [TestCase("--verify s|", "send ssh serve")]
    [TestCase("--relay-url x s|", "send ssh serve")]
    [TestCase("ssh |", "invite accept")]
    [TestCase("completion |", "bash zsh fish pwsh")]
    [TestCase("completion b|", "bash")]
    [TestCase("completion bash |", "")]
    [TestCase("send |", ":files")]
    [TestCase("send x y|", ":files")]
    [TestCase("send -- -|", ":files")]
    [TestCase("send --co|", "--code --code-length --color")]
    [TestCase("rx --o|", "--only-text --output-dir --output-file --overwrite")]
    [TestCase("send --color |", "auto always never")]
    [TestCase("send --color a|", "auto always")]
    [TestCase("send --color = a|", "auto always")]
    [TestCase("send --color =|", "auto always never")]
    [TestCase("send --color=a|", "--color=auto --color=always")]
    [TestCase("send --verify=|", "--verify=true --verify=false")]
    [TestCase("--color |", "auto always never")]
    [TestCase("send --schedule |", "face-to-face patient")]
    [TestCase("send --code |", "")]
    [TestCase("receive --output-dir |", ":folders")]
    [TestCase("receive -o |", ":files")]
    [TestCase("ssh accept -F |", ":files")]
    [TestCase("serve --db |", ":files")]
    [TestCase("serve --config |", ":files")]
    [TestCase("send --profile |", "home work")]
    [TestCase("receive 7-cro|", "7-crossover-")]
    [TestCase("receive 7-crossover-clo|", "7-crossover-clockwork")]
    [TestCase("receive 7-crossover-clockwork |", "")]
    [TestCase("ssh accept 7-cro|", "7-crossover-")]
    public void Word_MayBecome(string line, string expected) => Assert.That(Complete(line, new CliWorld()), Is.EqualTo(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    [Test]
    public void CodeLengthOfTheConfiguration_SaysWhichWordIsTheLast() =>
        Assert.That(Complete("receive 7-crossover-clo|", new CliWorld(), """{ "code-length": 3 }"""), Is.EqualTo(new[] { "7-crossover-clockwork-" }));

    [Test]
    public void WrongConfiguration_IsPassedOver() => Assert.That(Complete("receive 7-cro|", new CliWorld(), "nonsense"), Is.EqualTo(new[] { "7-crossover-" }));

    [Test]
    public void ServerThatIsNotThere_CompletesNothing()
    {
        var world = new CliWorld { Adjust = options => options with { Rendezvous = new Uri("ws://127.0.0.1:1/v1") } };
        Assert.That(Complete("receive |", world), Is.Empty);
    }

    private static IEnumerable<string> Complete(string line, CliWorld world, string file = """{ "profiles": { "work": {}, "home": {} } }""")
    {
        var words = line.TrimEnd('|').Split(' ');
        return new Completer(CommandTree.Create(), (new Typed() with { File = file }).Surroundings, world).Complete(words);
    }
}
