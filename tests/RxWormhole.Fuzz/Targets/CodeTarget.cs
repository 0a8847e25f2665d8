using RxWormhole.Cli;
using RxWormhole.Protocol;

namespace RxWormhole.Fuzz;

/// <summary>Codes as they are typed, pasted or clicked on.</summary>
internal sealed class CodeTarget : FuzzTarget
{
    private static readonly Uri Server = new("ws://example.com/v1");

    internal override string Name => "code";

    // Completing gives a word for each that fits.
    internal override int FixedBytes => 512 << 10;

    internal override int BytesPerByte => 2000;

    internal override IReadOnlyList<string> Words { get; } = ["4-purple-sausages", "7-crossover-clockwork", "crossoverclockwork", "CROSSOVER", "yucatan", "zulu", "-", "\u2013", " ", "4", "00", "wormhole-transfer:", "?role=leader", "\u212a", "\u0130"];

    internal override void Run(ReadOnlySpan<byte> input)
    {
        var text = Texts.Of(input);
        var isCode = WormholeCode.TryParse(text, out var nameplate, out var reason);
        Hold.That(isCode == (nameplate is not null) && isCode == (reason is null), "either a code or a reason");
        if (isCode)
        {
            var words = text[(nameplate!.Length + 1)..];
            Hold.Same(WormholeCode.Join(nameplate, words), text, "a code is a nameplate and words");
            _ = Utf8Text.Normalized(text);
        }

        var normal = CodeText.Normalize(text);
        Hold.Same(CodeText.Normalize(normal), normal, "what was mended needs no mending");
        foreach (var sends in new[] { false, true })
        {
            var isGiven = GivenCode.TryRead(text, sends, Server, out var given, out var problem);
            Hold.That(isGiven == (given is not null) && isGiven == (problem is null), "either a code or a problem");
            Hold.That(given is null || WormholeCode.TryParse(given.Text, out _, out _), "what is taken for a code is one");
        }

        Enter(text);
    }

    private static void Enter(string text)
    {
        var entry = CodeEntry.Empty with { Listed = ["1", "12", text], AreWordsKnown = true };
        _ = entry.CompleteNameplate(text, out _);
        var hyphen = text.IndexOf('-', StringComparison.Ordinal);
        var (first, rest) = hyphen < 0 ? (text, "") : (text[..hyphen], text[(hyphen + 1)..]);
        var fault = entry.ChooseNameplate(first, out var chosen);
        Hold.Same(fault == CodeEntryFault.None, WormholeCode.IsNameplate(first), "a nameplate is chosen if it is one");
        _ = chosen.CompleteWords(rest, 2, out var completions);
        Hold.That(completions.All(each => each.StartsWith(rest, StringComparison.Ordinal)), "a completion goes on from what was typed");
        Hold.That(chosen.ChooseWords(rest, out var done) != CodeEntryFault.None || WormholeCode.TryParse(done.Code, out _, out _), "what was typed is a code");
    }
}
