namespace RxWormhole;

/// <summary>A text. The other side knows that it arrived.</summary>
public sealed class IncomingText : IncomingOffer
{
    internal IncomingText(string text) => Text = text;

    /// <summary>The text, as it came: from somebody else, with whatever control characters they put in.</summary>
    public string Text { get; }

    /// <summary>The length only: a text may be private.</summary>
    public override string ToString() => $"text of {Text.Length} characters";
}
