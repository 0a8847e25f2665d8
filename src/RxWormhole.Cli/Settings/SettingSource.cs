namespace RxWormhole.Cli;

/// <summary>Where a setting was said. The first of these that says it is heard.</summary>
internal enum SettingSource
{
    /// <summary>An option, or the link that was given in place of a code.</summary>
    Option,

    /// <summary>A variable of the environment.</summary>
    Environment,

    /// <summary>The profile in the configuration file.</summary>
    Profile,

    /// <summary>The configuration file, outside of profiles.</summary>
    File,

    /// <summary>Nowhere.</summary>
    Default,
}
