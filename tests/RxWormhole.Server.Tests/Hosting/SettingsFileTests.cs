using System.Collections;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using RxWormhole.Contracts;

namespace RxWormhole.Server.Tests;

/// <summary>The settings file that operators start from names every option, with the default that the code has.</summary>
public sealed class SettingsFileTests
{
    private static readonly IConfigurationRoot File = new ConfigurationBuilder()
        .AddJsonFile(Path.Combine(RepositoryRoot.Path, "docs", "operating", "rxwormhole.json"))
        .Build();

    private static IEnumerable<TestCaseData> Options => Defaults("Mailbox", new MailboxServerOptions())
        .Concat(Defaults("Relay", new RelayServerOptions()))
        .Select(option => new TestCaseData(option.Key, option.Value).SetArgDisplayNames(option.Key));

    [TestCaseSource(nameof(Options))]
    public void EveryOption_IsNamedWithItsDefault(string name, string? value)
    {
        var parent = File.GetSection(name[..name.LastIndexOf(':')]);
        Assert.That(parent.GetChildren().Select(child => child.Path), Does.Contain(name), "it is missing");
        Assert.That(File[name] is "" ? null : File[name], Is.EqualTo(value).IgnoreCase);
    }

    [Test]
    public void NothingElse_IsNamed()
    {
        var known = Options.Select(option => (string)option.Arguments[0]!).ToHashSet();
        var leaves = File.AsEnumerable().Select(pair => pair.Key).Where(key => (key.StartsWith("Mailbox:", StringComparison.Ordinal) || key.StartsWith("Relay:", StringComparison.Ordinal)) && key != "Mailbox:Limits");
        Assert.That(leaves, Is.SubsetOf(known));
    }

    private static IEnumerable<KeyValuePair<string, string?>> Defaults(string section, object options)
    {
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var (name, value) = ($"{section}:{property.Name}", property.GetValue(options));
            if (value is MailboxLimits)
            {
                foreach (var limit in Defaults(name, value))
                    yield return limit;
            }
            else
            {
                yield return KeyValuePair.Create(name, value is IList ? null : Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null);
            }
        }
    }
}
