using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;

namespace RxWormhole.Cli;

/// <summary>Finds settings that nobody reads, which would otherwise be ignored in silence. The sections of the servers see to their own.</summary>
internal static class KnownSettings
{
    private const string Listen = "Listen";

    private static readonly string[] Sections = ["Mailbox", "Relay", Listen, "Kestrel", "Logging"];
    private static readonly string[] Listeners = ["Mailbox", "Relay", "Metrics"];

    /// <exception cref="InvalidDataException">There are such; the message names them all.</exception>
    internal static void Check(IConfigurationRoot configuration)
    {
        var unknown = Unknown(configuration, null, Sections).Concat(Unknown(configuration, Listen, Listeners).Select(name => $"{Listen}:{name}")).ToArray();
        if (unknown.Length > 0)
            throw new InvalidDataException($"nobody knows the settings {string.Join(", ", unknown.Select(name => $"'{name}'"))}");
    }

    // The environment may hold what is meant for others.
    private static IEnumerable<string> Unknown(IConfigurationRoot configuration, string? parent, string[] known) => configuration.Providers
        .Where(provider => provider is not EnvironmentVariablesConfigurationProvider)
        .SelectMany(provider => provider.GetChildKeys([], parent))
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .Except(known, StringComparer.OrdinalIgnoreCase);
}
