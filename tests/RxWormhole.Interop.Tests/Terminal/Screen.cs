using System.Text;

namespace RxWormhole.Interop.Tests;

/// <summary>What a terminal shows of what is written to it. It knows the few escape sequences that are expected, and takes any other for a mistake.</summary>
internal sealed class Screen(int columns)
{
    private readonly List<StringBuilder> rows = [new()];
    private readonly StringBuilder escape = new();
    private int row;
    private int column;
    private bool isEscaped;

    /// <summary>How many columns it has. What is there already stays as it is.</summary>
    internal int Columns { get; set; } = columns;

    /// <summary>Whether the cursor is shown.</summary>
    internal bool HasCursor { get; private set; } = true;

    /// <summary>The rows, without spaces at their ends.</summary>
    internal string Text => string.Join('\n', rows.Select(each => each.ToString().TrimEnd())).TrimEnd('\n');

    /// <summary>In which column the cursor is, from 0.</summary>
    internal int Column => column;

    internal void Write(char next)
    {
        if (isEscaped)
            Escape(next);
        else
            Show(next);
    }

    private void Show(char next)
    {
        switch (next)
        {
            case '\e':
                isEscaped = true;
                escape.Clear();
                break;
            case '\r':
                column = 0;
                break;
            case '\n':
                Down();
                break;
            case '\b':
                column = Math.Max(0, column - 1);
                break;
            case '\a':
                break;
            case '\t':
                do
                    Put(' ');
                while (column % 8 != 0);
                break;
            case < ' ' or '\x7f':
                throw new InvalidOperationException($"Control character {(int)next:x2} at the terminal.");
            default:
                Put(next);
                break;
        }
    }

    private void Put(char next)
    {
        // A terminal wraps with the character that does not fit any more.
        if (column >= Columns)
        {
            column = 0;
            Down();
        }

        var line = rows[row];
        if (line.Length <= column)
            line.Append(' ', column + 1 - line.Length);
        line[column++] = next;
    }

    private void Down()
    {
        if (++row == rows.Count)
            rows.Add(new StringBuilder());
    }

    private void Escape(char next)
    {
        escape.Append(next);
        if (escape[0] == '[' && (escape.Length == 1 || next is < '@' or > '~'))
            return;
        isEscaped = false;
        var sequence = escape.ToString();
        // Keypad modes, which the runtime sets.
        if (sequence is "=" or ">")
            return;
        if (sequence[0] != '[' || sequence.Length < 2)
            throw new InvalidOperationException($"Escape sequence {sequence} at the terminal.");
        Do(sequence[1..^1], next, sequence);
    }

    private void Do(string parameters, char final, string sequence)
    {
        var number = int.TryParse(parameters, out var given) ? given : 0;
        switch (final, parameters)
        {
            case ('m', _) or ('h' or 'l', "?1" or "?2004"):
                break;
            case ('h' or 'l', "?25"):
                HasCursor = final == 'h';
                break;
            case ('D', _):
                column = Math.Max(0, column - Math.Max(1, number));
                break;
            case ('C', _):
                column = Math.Min(Columns - 1, column + Math.Max(1, number));
                break;
            case ('K', "" or "0"):
                EraseLine();
                break;
            case ('J', "" or "0"):
                EraseLine();
                rows.RemoveRange(row + 1, rows.Count - row - 1);
                break;
            default:
                throw new InvalidOperationException($"Escape sequence {sequence} at the terminal.");
        }
    }

    private void EraseLine()
    {
        if (rows[row].Length > column)
            rows[row].Length = column;
    }
}
