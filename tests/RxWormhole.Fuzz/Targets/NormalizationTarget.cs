using System.Text;
using RxWormhole.Protocol;

namespace RxWormhole.Fuzz;

/// <summary>Normalization, which codes and names go through.</summary>
internal sealed class NormalizationTarget : FuzzTarget
{
    internal override string Name => "normalization";

    internal override int BytesPerByte => 1000;

    internal override IReadOnlyList<string> Words { get; } = ["e\u0301", "\u00e9", "\u0344", "\u1100\u1161\u11a8", "\uac00\u11a8", "\u0f71\u0f72", "a\u0323\u0307", "\u212b", "\ufb49", "\u09c7\u09be", "\U00011099\U000110ba", "\u0300\u0301\u0302"];

    internal override void Run(ReadOnlySpan<byte> input)
    {
        var text = Texts.Of(input);
        var normal = Nfc.Normalize(text);
        Hold.Same(Nfc.Normalize(normal), normal, "what is normal stays");
        if (Utf8Text.IsWellFormed(text))
            Hold.Same(Encoding.UTF8.GetString(Utf8Text.Normalized(text)), normal, "what is hashed is normal");
        else
            Hold.That(!Utf8Text.IsWellFormed(normal), "half a pair stays half a pair");
    }
}
