namespace RxWormhole.Cli;

/// <summary>What people read: lines, and at a terminal below them one row that is written over: a prompt, or how far something is.</summary>
internal sealed class Display
{
    // A terminal that says it has none is not believed.
    private const int Narrowest = 10;

    private readonly Lock gate = new();
    private readonly TextWriter output;
    private readonly StringWriter row = new() { NewLine = "\n" };
    private readonly Painter painter;
    private readonly Func<int> width;
    private Piece[]? prompt;
    private Piece[]? status;
    private int behindCursor;
    private int drawn;
    private bool hasAsked;

    /// <param name="output">Where it is written to; in whole lines, so that nobody writes in between.</param>
    /// <param name="isLive">Whether a row can be written over: a terminal that understands to be moved on.</param>
    /// <param name="isColoured">Whether there are colours.</param>
    /// <param name="width">How many cells a row has now; people resize windows.</param>
    internal Display(TextWriter output, bool isLive, bool isColoured, Func<int> width)
    {
        this.output = output;
        this.width = width;
        IsLive = isLive;
        IsColoured = isColoured;
        painter = new Painter(row, isLive, isColoured);
    }

    /// <summary>Whether there is a row that is written over.</summary>
    internal bool IsLive { get; }

    /// <summary>Whether there are colours.</summary>
    internal bool IsColoured { get; }

    /// <summary>Whether somebody is being asked something.</summary>
    internal bool HasPrompt
    {
        get
        {
            lock (gate)
                return prompt is not null;
        }
    }

    /// <summary>How many cells a row has now.</summary>
    internal int Width
    {
        get
        {
            hasAsked = true;
            return Math.Max(width(), Narrowest);
        }
    }

    /// <summary>Writes a line; a row that is written over stays below it.</summary>
    internal void Line(params Piece[] line)
    {
        lock (gate)
        {
            EraseRow();
            painter.Write(line);
            row.WriteLine();
            DrawRow();
            Flush();
        }
    }

    /// <summary>Does something else with the terminal; the row that is written over is not there meanwhile.</summary>
    internal void Aside(Action action)
    {
        lock (gate)
        {
            EraseRow();
            Flush();
            action();
            DrawRow();
            Flush();
        }
    }

    /// <summary>Shows how something is; null for nothing. A prompt hides it.</summary>
    internal void Status(params Piece[]? line)
    {
        lock (gate)
        {
            if (!IsLive || (line is null && status is null))
                return;
            status = line;
            if (prompt is not null)
                return;
            EraseRow();
            DrawRow();
            Flush();
        }
    }

    /// <summary>Shows a prompt, or how it looks now.</summary>
    /// <param name="line">The row.</param>
    /// <param name="behind">How many cells of it are behind the cursor.</param>
    internal void Prompt(Piece[] line, int behind)
    {
        lock (gate)
        {
            EraseRow();
            (prompt, behindCursor) = (line, behind);
            DrawRow();
            Flush();
        }
    }

    /// <summary>Leaves a line where the prompt was.</summary>
    internal void EndPrompt(params Piece[] line)
    {
        lock (gate)
        {
            EraseRow();
            (prompt, behindCursor) = (null, 0);
            painter.Write(line);
            row.WriteLine();
            DrawRow();
            Flush();
        }
    }

    /// <summary>Leaves the row with how something was where it is; what comes is written below.</summary>
    internal void Keep()
    {
        lock (gate)
        {
            if (status is null)
                return;
            var last = status;
            status = null;
            if (prompt is null && drawn > 0)
            {
                drawn = 0;
                row.WriteLine();
                Flush();
            }
            else
            {
                Line(last);
            }
        }
    }

    /// <summary>Writes a text without an end of line, where a prompt cannot be written over.</summary>
    internal void Raw(string text)
    {
        lock (gate)
            output.Write(text);
    }

    /// <summary>Leaves the terminal as it was.</summary>
    internal void Leave()
    {
        lock (gate)
        {
            (prompt, status) = (null, null);
            EraseRow();
            // Whoever asks the runtime for keys, or for the width of a row, has it set up the terminal.
            if (IsLive && hasAsked && !OperatingSystem.IsWindows())
                painter.SetBackKeys();
            Flush();
        }
    }

    private void EraseRow()
    {
        if (drawn == 0)
            return;
        // In a window that became narrower the row may take two by now, or may have lost its end: which of them, only the terminal knows. So it is left alone.
        if (drawn > Width)
            row.WriteLine();
        else
            painter.Erase();
        drawn = 0;
    }

    private void DrawRow()
    {
        if (!IsLive || (prompt ?? status) is not { } line)
            return;
        var fitting = Cells.Fit(line, Width - 1);
        painter.Write(fitting);
        drawn = Math.Max(1, Cells.Of(fitting));
        if (prompt is not null)
            painter.Left(Math.Min(behindCursor, drawn));
    }

    private void Flush()
    {
        var text = row.GetStringBuilder();
        output.Write(text.ToString());
        output.Flush();
        text.Clear();
    }
}
