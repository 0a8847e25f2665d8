using System.Globalization;

namespace RxWormhole.Cli;

/// <summary>How far a transfer is, in a row: a bar, bytes, rate and remaining time, or what of these fits.</summary>
internal static class ProgressRow
{
    private const int WidestBar = 40;
    private const int NarrowestBar = 8;
    private const string Between = "  ";

    /// <param name="progress">How far it is.</param>
    /// <param name="cells">How many cells there are.</param>
    /// <param name="took">How long it took; null while it lasts.</param>
    internal static Piece[] Of(TransferProgress progress, int cells, TimeSpan? took = null)
    {
        long? total = progress.Total;
        var share = total is not { } all ? (double?)null : all <= 0 ? 1 : Math.Clamp((double)progress.Bytes / all, 0, 1);
        var percent = share is { } part ? string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(part * 100),3:0}%") : null;
        var bytes = Sizes.Of(progress.Bytes) + (total is { } end && end != progress.Bytes ? $" of {Sizes.Of(end)}" : "");
        var rate = progress.BytesPerSecond > 0 ? $"{Sizes.Of(progress.BytesPerSecond)}/s" : null;
        var rest = took is { } over ? $"in {Sizes.Of(over)}" : progress.Remaining is { } left ? $"{Sizes.Of(left)} left" : null;

        // The less important, the further behind.
        string?[] parts = [percent, bytes, rate, rest];
        var texts = new List<string>();
        var used = 0;
        foreach (var text in parts.OfType<string>())
        {
            if (used + text.Length > cells)
                break;
            texts.Add(text);
            used += text.Length + Between.Length;
        }

        var bar = Math.Min(cells - used, WidestBar);
        if (share is not { } filled || bar < NarrowestBar || texts.Count == 0)
            return [string.Join(Between, texts)];
        var full = (int)(filled * bar);
        return
        [
            texts[0] + Between,
            new Piece(new string('━', full), Ink.Good),
            new Piece(new string('─', bar - full), Ink.Faint),
            string.Concat(texts.Skip(1).Select(text => Between + text)),
        ];
    }
}
