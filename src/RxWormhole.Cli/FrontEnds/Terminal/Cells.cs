using System.Globalization;
using System.Text;
using Spectre.Console;

namespace RxWormhole.Cli;

/// <summary>How much of a terminal's row a text takes: some characters take two cells, some none.</summary>
internal static class Cells
{
    internal static int Of(string text) => text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 ? text.Length : text.GetCellWidth();

    internal static int Of(IEnumerable<Piece> line) => line.Sum(piece => Of(piece.Text));

    /// <summary>As much of a line as fits.</summary>
    internal static Piece[] Fit(IReadOnlyList<Piece> line, int cells)
    {
        if (Of(line) <= cells)
            return [.. line];
        var fitting = new List<Piece>();
        var left = cells - 1;
        foreach (var piece in line)
        {
            var text = Beginning(piece.Text, left);
            fitting.Add(piece with { Text = text });
            if (text.Length < piece.Text.Length)
                break;
            left -= Of(text);
        }

        return [.. fitting, "…"];
    }

    /// <summary>As much of a text as fits, cut between characters as people see them.</summary>
    internal static string Beginning(string text, int cells)
    {
        var beginning = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            var element = text.Substring(at, StringInfo.GetNextTextElementLength(text, at));
            cells -= Of(element);
            if (cells < 0)
                break;
            beginning.Append(element);
            at += element.Length;
        }

        return beginning.ToString();
    }
}
