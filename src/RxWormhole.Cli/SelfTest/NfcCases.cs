using System.Collections.Immutable;

namespace RxWormhole.Cli;

/// <summary>Texts, and what they are in normalization form C. The tests of the protocol run over the same ones.</summary>
internal static class NfcCases
{
    // Written as escapes, so that no editor normalizes them.
    internal static readonly ImmutableArray<(string Text, string Normalized)> All =
    [
        ("plain", "plain"),
        ("\u00e9", "\u00e9"),
        ("e\u0301", "\u00e9"),
        ("\u212b", "\u00c5"),
        ("\u1100\u1161\u11a8", "\uac01"),
        ("\uac00\u11a8", "\uac01"),
        ("\u0958", "\u0915\u093c"),
        ("a\u0315\u0300\u05ae\u0327b", "\u00e0\u0327\u05ae\u0315b"),
        ("\u0044\u0307\u0323", "\u1e0c\u0307"),
        ("\ud834\udd5e", "\ud834\udd57\ud834\udd65"),
        ("\ud804\udc99\ud804\udcba", "\ud804\udc9a"),
        ("\u0344", "\u0308\u0301"),
        ("\u0340\u0300", "\u0300\u0300"),
        ("\u09c7\u09be", "\u09cb"),
        ("\u1100\u1161\u0300\u11a8", "\uac00\u0300\u11a8"),
        // Just outside what composes: a lead, a vowel, a trail, a syllable with a trail already, and what only looks like a syllable.
        ("\u1113\u1161", "\u1113\u1161"),
        ("\u1100\u1176", "\u1100\u1176"),
        ("\uac00\u11a7", "\uac00\u11a7"),
        ("\uac00\u11c3", "\uac00\u11c3"),
        ("\uac01\u11a8", "\uac01\u11a8"),
        ("\ud7a4\u11a8", "\ud7a4\u11a8"),
        ("\uabe4\u11a8", "\uabe4\u11a8"),
    ];
}
