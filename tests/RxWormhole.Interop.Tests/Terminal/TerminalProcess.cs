using System.Diagnostics;
using RxWormhole.Contracts;

namespace RxWormhole.Interop.Tests;

/// <summary><c>rxwormhole</c> in a pseudo-terminal, which controls it as a shell's does.</summary>
internal sealed class TerminalProcess : IDisposable
{
    private static readonly TimeSpan Haste = TimeSpan.FromSeconds(2);

    private readonly Process process;
    private readonly string modes;

    /// <param name="arguments">What it is told.</param>
    /// <param name="columns">How wide the terminal is.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="redirection">What the shell redirects of it, such as <c>&gt;out</c>.</param>
    internal TerminalProcess(IEnumerable<string> arguments, int columns = 80, string? folder = null, string redirection = "")
    {
        Terminal = new PseudoTerminal(columns);
        modes = Terminal.Modes;
        var start = new ProcessStartInfo("sh", ["-c", $"exec setsid -c sh -c 'exec \"$@\" {redirection}' sh \"$@\" <>\"$0\" >&0 2>&0", Terminal.Path, CommandProgram.Program, .. CommandProgram.Arguments([.. arguments])])
        {
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        start.Environment["TERM"] = "xterm-256color";
        start.Environment.Remove("NO_COLOR");
        process = Process.Start(start)!;
    }

    internal PseudoTerminal Terminal { get; }

    internal string Text => Terminal.Text;

    /// <summary>Waits until something is on the screen.</summary>
    internal void WaitFor(Func<string, bool> isThere)
    {
        if (!SpinWait.SpinUntil(() => isThere(Text) || process.HasExited, PeerProcess.Patience) || !isThere(TextSettled()))
            throw new TimeoutException($"It did not come to that.\n{Text}");
    }

    internal void WaitFor(string text) => WaitFor(screen => screen.Contains(text, StringComparison.Ordinal));

    /// <summary>Presses keys, once the text is on the screen.</summary>
    internal void Type(string keys, string when)
    {
        WaitFor(when);
        Terminal.Type(keys);
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code.</returns>
    internal int Wait()
    {
        if (!process.WaitForExit(PeerProcess.Patience))
            throw new TimeoutException($"It did not end.\n{Text}");
        Terminal.Settle();
        Assert.That(Terminal.Modes, Is.EqualTo(modes), "The terminal is not set as it was.");
        Assert.That(Terminal.Cursor, Is.EqualTo((0, true)), "The shell's prompt would not be at the beginning of a row.");
        return process.ExitCode;
    }

    /// <summary>Presses Ctrl-C, and sees that it ends soon and as it should.</summary>
    internal void Interrupt()
    {
        var pressed = Stopwatch.StartNew();
        Terminal.Type("\x03");
        Assert.That(Wait(), Is.EqualTo(130), Text);
        Assert.That(pressed.Elapsed, Is.LessThan(Haste));
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.WaitForExit();
        process.Dispose();
        Terminal.Dispose();
    }

    private string TextSettled()
    {
        if (process.HasExited)
            Terminal.Settle();
        return Text;
    }
}
