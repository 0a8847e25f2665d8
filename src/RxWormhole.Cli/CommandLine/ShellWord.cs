namespace RxWormhole.Cli;

/// <summary>Writes a text so that a shell takes it for one word.</summary>
internal static class ShellWord
{
    internal static string Of(string text) =>
        text.Length > 0 && text.All(each => char.IsAsciiLetterOrDigit(each) || "-_./:@%+=,".Contains(each, StringComparison.Ordinal)) ? text : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
