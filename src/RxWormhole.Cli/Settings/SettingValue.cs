namespace RxWormhole.Cli;

/// <summary>What was said about a setting.</summary>
/// <param name="Setting">The setting.</param>
/// <param name="Text">What it is.</param>
/// <param name="Source">The kind of place it was said at.</param>
/// <param name="From">The place for people: an option, a variable, a profile, the file; null for nowhere.</param>
internal sealed record SettingValue(Setting Setting, string Text, SettingSource Source, string? From);
