namespace RxWormhole.Cli;

/// <summary>Whether colours are used.</summary>
internal enum ColorChoice
{
    /// <summary>At a terminal, unless NO_COLOR is set.</summary>
    Auto,

    /// <summary>Always.</summary>
    Always,

    /// <summary>Never.</summary>
    Never,
}
