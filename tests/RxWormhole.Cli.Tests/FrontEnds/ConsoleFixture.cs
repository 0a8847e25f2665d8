using System.Collections.Concurrent;
using System.Reactive.Linq;
using System.Text;
using Microsoft.Reactive.Testing;

namespace RxWormhole.Cli.Tests.FrontEnds;

/// <summary>A front end whose terminal is a text, whose keys a test presses, and whose clock it advances.</summary>
public abstract class ConsoleFixture
{
    private readonly StringWriter output = new();
    private BlockingCollection<ConsoleKeyInfo> keys = [];

    private protected TestScheduler Clock { get; } = new();

    /// <summary>What was written to standard error.</summary>
    private protected string Shown => output.ToString();

    /// <summary>What was written to standard output.</summary>
    private protected StringBuilder Payload { get; } = new();

    private protected ConsoleFrontEnd Make(bool isLive = false, ClientSettings? settings = null, string input = "", int width = 80)
    {
        output.GetStringBuilder().Clear();
        output.NewLine = "\n";
        var pressed = keys = [];
        Payload.Clear();
        return new ConsoleFrontEnd(
            settings ?? new ClientSettings { Qr = false },
            new Display(output, isLive, isColoured: false, () => width),
            display => new Prompter(display, isLive ? new Keyboard(pressed.Take, () => pressed.Count > 0) : null, new AnswerLines(() => new MemoryStream(Encoding.UTF8.GetBytes(input))), isEchoed: false),
            text => Payload.Append(text),
            Clock);
    }

    private protected void Type(string text)
    {
        foreach (var each in text)
            keys.Add(new ConsoleKeyInfo(each, each == '\r' ? ConsoleKey.Enter : ConsoleKey.None, false, false, false));
    }

    /// <summary>Waits until a prompt is there, which is a moment after it was asked for.</summary>
    private protected void WaitFor(string prompt) => Assert.That(() => Shown, Does.EndWith(prompt).After(30_000, 10));

    private protected static string Answer(IObservable<string> question) => question.Timeout(TimeSpan.FromSeconds(30)).Wait();
}
