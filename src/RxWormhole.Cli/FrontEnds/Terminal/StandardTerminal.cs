using Spectre.Console;

namespace RxWormhole.Cli;

/// <summary>The streams of the process, and what the terminal behind them can do.</summary>
internal static class StandardTerminal
{
    private const int UsualWidth = 80;

    /// <summary>Standard error as people see it.</summary>
    internal static Display Display(ColorChoice color)
    {
        var isTerminal = !Console.IsErrorRedirected;
        // Whether it is one that understands more than lines: TERM says so, or Windows, which is told to.
        var capabilities = isTerminal ? AnsiCapabilities.Create(Console.Error) : null;
        var isLive = capabilities is { Ansi: true };
        var isColoured = color switch
        {
            ColorChoice.Always => true,
            ColorChoice.Never => false,
            _ => isLive && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
        };
        return new Display(Console.Error, isLive, isColoured, Width);
    }

    /// <summary>Asks at the terminal, or reads lines where standard input is none.</summary>
    internal static Prompter Prompter(Display display)
    {
        var isTerminal = !Console.IsInputRedirected;
        return new Prompter(
            display,
            isTerminal && display.IsLive ? new Keyboard(static () => Console.ReadKey(intercept: true), static () => Console.KeyAvailable) : null,
            new AnswerLines(Console.OpenStandardInput),
            isTerminal);
    }

    /// <summary>Writes what was received: as it is, or fit for a terminal.</summary>
    internal static void WritePayload(string text)
    {
        if (Console.IsOutputRedirected)
        {
            using var output = StandardOutput.Open();
            output.Write(System.Text.Encoding.UTF8.GetBytes(text.EndsWith('\n') ? text : text + "\n"));
            output.Flush();
        }
        else
        {
            var safe = SafeText.Block(text);
            Console.Out.Write(safe.EndsWith('\n') ? safe : safe + "\n");
            Console.Out.Flush();
        }
    }

    private static int Width()
    {
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : UsualWidth;
        }
        catch (IOException)
        {
            return UsualWidth;
        }
    }
}
