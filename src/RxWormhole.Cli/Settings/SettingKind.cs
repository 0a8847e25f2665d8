namespace RxWormhole.Cli;

/// <summary>How a setting is written in the configuration file.</summary>
internal enum SettingKind
{
    /// <summary>As a string.</summary>
    Text,

    /// <summary>As a number.</summary>
    Number,

    /// <summary>As a string, or as a number where that says it all.</summary>
    TextOrNumber,

    /// <summary>As true or false.</summary>
    Flag,
}
