using System.Reactive.Linq;
using System.Reactive.Subjects;
using Microsoft.Reactive.Testing;

namespace RxWormhole.Testing.Tests;

/// <summary>The README's snippets, as they stand there, and that they do.</summary>
public sealed class ReadmeTests
{
    #region The application, as a query
    private static IObservable<string> Greet(WormholeOptions options, Func<Wormhole, IObservable<string>> pair, string greeting) =>
        Wormhole.Use(options, wormhole =>
            from code in pair(wormhole)
            from sent in wormhole.Send(greeting)
            from theirs in wormhole.Receive()
            select theirs.Text);
    #endregion

    #region The test of the query
    [Test]
    public void BothSidesGreet_EachHearsTheOther()
    {
        var clock = new TestScheduler();
        var rendezvous = new VirtualRendezvous(clock);
        var code = new AsyncSubject<string>();

        var alice = Greet(rendezvous.OptionsFor("example.com/app", "alice"), wormhole => wormhole.AllocateCode().Do(code), "I am Alice");
        var bob = Greet(rendezvous.OptionsFor("example.com/app", "bob"), wormhole => code.SelectMany(wormhole.SetCode), "I am Bob");
        var heard = clock.Run(alice.CombineLatest(bob));

        Assert.That(heard, Is.EqualTo(("I am Bob", "I am Alice")));
        Assert.That(rendezvous.LeftBehind, Is.Empty, () => rendezvous.Transcript.ToString());
    }
    #endregion

    #region The application, with await
    private static async Task<string> GreetAsync(WormholeOptions options, Func<Wormhole, Task<string>> pair, string greeting)
    {
        using var wormhole = Wormhole.Create(options);
        await pair(wormhole);
        await wormhole.Send(greeting);
        var theirs = await wormhole.Receive();
        return await wormhole.CloseWith(theirs.Text);
    }
    #endregion

    #region The test of the flow
    [Test]
    public void LinkIsLostWhileTheyGreet_EachHearsTheOtherAllTheSame()
    {
        var clock = new TestScheduler();
        var rendezvous = new VirtualRendezvous(clock);
        var code = new TaskCompletionSource<string>();
        rendezvous.Client("bob").Faults = LinkFaults.None.CuttingAfter(frame => frame.Link == 1 && frame.Phase == "version");

        var heard = clock.Run(() => Task.WhenAll(
            GreetAsync(rendezvous.OptionsFor("example.com/app", "alice"), async wormhole =>
            {
                code.SetResult(await wormhole.AllocateCode());
                return await code.Task;
            }, "I am Alice"),
            GreetAsync(rendezvous.OptionsFor("example.com/app", "bob"), async wormhole => await wormhole.SetCode(await code.Task), "I am Bob")));

        Assert.That(heard, Is.EqualTo(new[] { "I am Bob", "I am Alice" }));
        Assert.That(rendezvous.Client("bob").LinksMade, Is.EqualTo(2), () => rendezvous.Transcript.ToString());
        Assert.That(rendezvous.LeftBehind, Is.Empty);
    }
    #endregion

    #region The test that looks at the time
    [Test]
    public void NobodyComes_GivesUpAfterFiveMinutes()
    {
        var clock = new TestScheduler();
        var rendezvous = new VirtualRendezvous(clock);
        var options = rendezvous.OptionsFor("example.com/app", "alice");

        var alone = VirtualTime.StartInline(() => GreetAsync(options, async wormhole => await wormhole.AllocateCode(), "Is anybody there?"));
        clock.AdvanceInline(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        Assert.That(alone.IsCompleted, Is.False);
        clock.AdvanceInline(TimeSpan.FromSeconds(2));
        Assert.That(alone.Exception?.InnerException, Is.TypeOf<WormholeTimeoutException>());
    }
    #endregion

    [Test]
    public void EverySnippetOfTheReadme_IsARegionHereOrOfAnExample()
    {
        var regions = new[] { "ReadmeTests.cs", "ShopTests.cs" }.SelectMany(file => Blocks(Read(file), "#region ", "#endregion")).ToArray();
        var snippets = Blocks(Read("README.md"), "```csharp", "```").ToArray();
        Assert.That(snippets, Has.Length.EqualTo(6).And.All.Not.Empty);
        foreach (var snippet in snippets)
            Assert.That(regions, Has.Some.EqualTo(snippet));
    }

    private static string Read(string name)
    {
        using var stream = typeof(ReadmeTests).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static IEnumerable<string> Blocks(string text, string begin, string end)
    {
        List<string>? block = null;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (block is null && line.TrimStart().StartsWith(begin, StringComparison.Ordinal))
            {
                block = [];
            }
            else if (block is not null && line.Trim() == end)
            {
                yield return Unindented(block);
                block = null;
            }
            else
            {
                block?.Add(line);
            }
        }
    }

    private static string Unindented(List<string> lines)
    {
        var indentation = lines.Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty().Min();
        return string.Join('\n', lines.Select(line => line.Trim().Length == 0 ? "" : line[indentation..]));
    }
}
