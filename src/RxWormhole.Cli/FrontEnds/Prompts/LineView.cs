namespace RxWormhole.Cli;

/// <summary>The part of a line being typed that is shown in a row: all of it, or what is around the cursor.</summary>
/// <param name="Shown">What is shown, safe.</param>
/// <param name="Behind">How many cells of it are behind the cursor.</param>
internal readonly record struct LineView(string Shown, int Behind)
{
    private const string Cut = "…";

    internal static LineView Of(LineEdit line, int cells)
    {
        var before = SafeText.Line(line.Text[..line.Cursor], int.MaxValue);
        var behind = SafeText.Line(line.Text[line.Cursor..], int.MaxValue);
        if (Cells.Of(before) + Cells.Of(behind) <= cells)
            return new LineView(before + behind, Cells.Of(behind));

        // As much before the cursor as leaves some room for what is behind.
        var room = Math.Max(1, cells - Math.Min(Cells.Of(behind), cells / 4));
        if (Cells.Of(before) > room)
            before = Cut + End(before, room - 1);
        var rest = cells - Cells.Of(before);
        if (Cells.Of(behind) > rest)
            behind = Cells.Beginning(behind, Math.Max(0, rest - 1)) + (rest > 0 ? Cut : "");
        return new LineView(before + behind, Cells.Of(behind));
    }

    private static string End(string text, int cells)
    {
        var from = Math.Max(0, text.Length - Math.Max(0, cells));
        while (from < text.Length && (char.IsLowSurrogate(text[from]) || Cells.Of(text[from..]) > cells))
            from++;
        return text[from..];
    }
}
