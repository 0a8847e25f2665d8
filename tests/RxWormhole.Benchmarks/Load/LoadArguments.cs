using System.Globalization;

namespace RxWormhole.Benchmarks.Load;

/// <summary>What stands on the command line behind a command: names, and options with one value each.</summary>
internal sealed class LoadArguments
{
    private readonly Dictionary<string, string> options = [];

    internal LoadArguments(ReadOnlySpan<string> words, params string[] known)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (!words[i].StartsWith("--", StringComparison.Ordinal))
                Names.Add(words[i]);
            else if (!known.Contains(words[i]))
                throw new LoadException($"There is no option {words[i]} here; there are: {string.Join(", ", known)}.");
            else if (++i == words.Length)
                throw new LoadException($"{words[i - 1]} needs a value.");
            else
                options[words[i - 1]] = words[i];
        }
    }

    internal List<string> Names { get; } = [];

    internal string? this[string option] => options.GetValueOrDefault(option);

    internal int Number(string option, int usual) =>
        this[option] is not { } text ? usual
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw new LoadException($"{option} must be a number above 0, not '{text}'.");

    internal double Amount(string option, double usual) =>
        this[option] is not { } text ? usual
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount > 0 ? amount
        : throw new LoadException($"{option} must be a number above 0, not '{text}'.");

    /// <summary>The process to be watched, or null.</summary>
    internal ProcessFigures? Process => this["--pid"] is null ? null : new ProcessFigures(Number("--pid", 0));

    /// <summary>The one name there has to be.</summary>
    internal string Only(string what) => Names is [var only] ? only : throw new LoadException($"Needs {what}, and nothing else.");
}
