namespace RxWormhole.Cli;

/// <summary>How a piece of text looks, where there are colours.</summary>
internal enum Ink
{
    /// <summary>Like all text.</summary>
    Plain,

    /// <summary>What to look at.</summary>
    Strong,

    /// <summary>What need not be looked at.</summary>
    Faint,

    /// <summary>What goes well.</summary>
    Good,

    /// <summary>What does not.</summary>
    Bad,

    /// <summary>Black on white, whatever colours the terminal has.</summary>
    Paper,
}

/// <summary>A piece of a line, safe to be shown.</summary>
/// <param name="Text">The text; no control characters.</param>
/// <param name="Ink">How it looks.</param>
internal readonly record struct Piece(string Text, Ink Ink = Ink.Plain)
{
    public static implicit operator Piece(string text) => new(text);
}
