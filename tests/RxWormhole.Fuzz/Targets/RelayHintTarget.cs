using RxWormhole.Protocol;

namespace RxWormhole.Fuzz;

/// <summary>A relay as people write it.</summary>
internal sealed class RelayHintTarget : FuzzTarget
{
    internal override string Name => "relay-hint";

    internal override int MostLength => 600;

    internal override IReadOnlyList<string> Words { get; } = ["tcp:", "//", "[::1]", ":4001", ":priority=", "ws://", "wss://", "example.com", "1e5", "xn--", "?", "@"];

    internal override void Run(ReadOnlySpan<byte> input)
    {
        var text = Texts.Of(input);
        var isRead = RelayHint.TryParse(text, out var hint);
        Hold.Same(isRead, Parses(text), "both ways to read agree");
        if (!isRead)
            return;

        var (way, isUsable) = hint!.Ways[0] switch
        {
            DirectHint direct => (direct.Hostname, HintJson.IsHostname(direct.Hostname) && HintJson.IsPort(direct.Port) && double.IsFinite(direct.Priority)),
            WebSocketHint webSocket => (webSocket.Url.AbsoluteUri, webSocket.Url.Host.Length > 0),
            _ => ("", false),
        };
        Hold.That(isUsable, "a way makes sense");
        Hold.That(way.Length <= (12 * text.Length) + 16 && Texts.AreTame(TransitPlan.Describe(hint.Ways[0])), "what is shown of a way is tame");
    }

    private static bool Parses(string text)
    {
        try
        {
            _ = RelayHint.Parse(text);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
