using System.Collections.Immutable;
using System.Globalization;

namespace RxWormhole.Cli;

/// <summary>A line that is being typed, and where the cursor is in it.</summary>
/// <param name="Text">The text.</param>
/// <param name="Cursor">How many UTF-16 units are before the cursor; never within what people see as one character.</param>
internal sealed record LineEdit(string Text, int Cursor)
{
    // More than any line that somebody means; what is pasted beyond it is left out.
    internal const int Longest = 64 << 10;

    internal static LineEdit Empty { get; } = At("");

    /// <summary>A text with the cursor behind it.</summary>
    internal static LineEdit At(string text) => new(text, text.Length);

    private string Before => Text[..Cursor];

    private string Behind => Text[Cursor..];

    /// <summary>The line after a key, as the shell has it; the same one where the key means nothing here.</summary>
    internal LineEdit On(ConsoleKeyInfo key) => (key.Modifiers.HasFlag(ConsoleModifiers.Control), key.Key, key.KeyChar) switch
    {
        (_, ConsoleKey.LeftArrow, _) or (true, ConsoleKey.B, _) => this with { Cursor = Previous },
        (_, ConsoleKey.RightArrow, _) or (true, ConsoleKey.F, _) => this with { Cursor = Next },
        (_, ConsoleKey.Home, _) or (true, ConsoleKey.A, _) => this with { Cursor = 0 },
        (_, ConsoleKey.End, _) or (true, ConsoleKey.E, _) => this with { Cursor = Text.Length },
        (_, ConsoleKey.Delete, _) => new LineEdit(Before + Text[Next..], Cursor),
        (_, ConsoleKey.Backspace, _) or (_, _, '\b' or '\x7f') or (true, ConsoleKey.H, _) => new LineEdit(Text[..Previous] + Behind, Previous),
        (true, ConsoleKey.U, _) => new LineEdit(Behind, 0),
        (true, ConsoleKey.K, _) => At(Before),
        (true, ConsoleKey.W, _) => new LineEdit(Text[..PreviousWord] + Behind, PreviousWord),
        (_, _, '\t') => Insert("\t"),
        var (_, _, typed) when !char.IsControl(typed) => Insert(typed.ToString()),
        _ => this,
    };

    private LineEdit Insert(string typed) => Text.Length + typed.Length > Longest ? this : new LineEdit(Before + typed + Behind, Cursor + typed.Length);

    private int Next => Cursor == Text.Length ? Cursor : Cursor + StringInfo.GetNextTextElementLength(Text, Cursor);

    private int Previous => Starts(Before).Append(0).Max();

    // A code's words are parted by hyphens.
    private int PreviousWord => Before.TrimEnd(' ', '-').LastIndexOfAny([' ', '-']) + 1;

    private static ImmutableArray<int> Starts(string text) => [.. StringInfo.ParseCombiningCharacters(text)];
}
