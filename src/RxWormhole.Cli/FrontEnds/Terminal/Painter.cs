using Spectre.Console;

namespace RxWormhole.Cli;

/// <summary>Writes pieces in colours, and moves within a row.</summary>
/// <remarks>
/// The writer of Spectre.Console takes every text as it is; its markup, where a peer's text could mean something, is not used. Neither are its prompts, which know no completion and
/// cannot be taken back, nor its progress, which wants to be the frame around the work, and measures what we know already.
/// </remarks>
internal sealed class Painter
{
    private static readonly Style[] Styles =
    [
        new(),
        new(decoration: Decoration.Bold),
        new(decoration: Decoration.Dim),
        new(foreground: Color.Green),
        new(foreground: Color.Red, decoration: Decoration.Bold),
        new(foreground: Color.Grey0, background: Color.Grey100),
    ];

    private readonly AnsiWriter? ansi;
    private readonly TextWriter output;
    private readonly bool isColoured;

    /// <param name="output">Where to.</param>
    /// <param name="isTerminal">Whether it understands to be moved on.</param>
    /// <param name="isColoured">Whether it has colours.</param>
    internal Painter(TextWriter output, bool isTerminal, bool isColoured)
    {
        this.output = output;
        this.isColoured = isColoured;
        if (isTerminal || isColoured)
            ansi = new AnsiWriter(output, new AnsiCapabilities { Ansi = true, ColorSystem = isColoured ? ColorSystem.EightBit : ColorSystem.NoColors });
    }

    internal void Write(IEnumerable<Piece> line)
    {
        foreach (var piece in line)
        {
            if (isColoured && piece.Ink != Ink.Plain)
                ansi!.Write(piece.Text, Styles[(int)piece.Ink]);
            else
                output.Write(piece.Text);
        }
    }

    /// <summary>Empties the row, and all below it, and goes to its beginning.</summary>
    internal void Erase()
    {
        output.Write('\r');
        ansi!.EraseInDisplay(0);
    }

    /// <summary>Sets back how keys are sent, which the runtime changes for its own reading: not every shell does that by itself.</summary>
    internal void SetBackKeys() => output.Write("\e[?1l\e>");

    internal void Left(int cells)
    {
        if (cells > 0)
            ansi!.CursorLeft(cells);
    }
}
