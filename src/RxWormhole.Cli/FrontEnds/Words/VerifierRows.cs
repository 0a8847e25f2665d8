using RxWormhole.Protocol;

namespace RxWormhole.Cli;

/// <summary>A verifier as people compare it: eight words in two rows, and all of it in groups of digits.</summary>
internal static class VerifierRows
{
    private const int WordsInRow = 4;
    private const int DigitsInGroup = 4;
    private const int GroupsInRow = 8;

    internal static IEnumerable<string> Words(Verifier verifier) => verifier.Words.Split(' ').Chunk(WordsInRow).Select(row => string.Join(' ', row));

    internal static IEnumerable<string> Digits(Verifier verifier) => verifier.Hex.Chunk(DigitsInGroup).Chunk(GroupsInRow).Select(row => string.Join(' ', row.Select(group => new string(group))));
}
