namespace RxWormhole.Cli;

/// <summary>How standard input or output is named where a code, a text or a path is expected.</summary>
internal static class StandardStream
{
    internal const string Word = "-";
}
