using System.Collections;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace RxWormhole.Server.Tests;

/// <summary>What a server is like comes from configuration, and what is wrong with it is told at once and in full.</summary>
public sealed class OptionsTests
{
    [Test]
    public void EveryMailboxOption_CanComeFromConfiguration() => AssertEveryOption(section => Read<MailboxServerOptions>(section), new MailboxServerOptions());

    [Test]
    public void EveryRelayOption_CanComeFromConfiguration() => AssertEveryOption(section => Read<RelayServerOptions>(section), new RelayServerOptions());

    [TestCase("Kepe")]
    [TestCase("Limits:FrameSize")]
    public void UnknownMailboxOption_IsAnError(string name) =>
        Assert.That(() => Read<MailboxServerOptions>(new() { [name] = "1" }), Throws.InvalidOperationException.With.Message.Contains(name.Split(':')[^1]));

    [Test]
    public void UnknownRelayOption_IsAnError() =>
        Assert.That(() => Read<RelayServerOptions>(new() { ["BytesPerPear"] = "1" }), Throws.InvalidOperationException.With.Message.Contains("BytesPerPear"));

    [Test]
    public void WhatIsWrong_IsToldInFull()
    {
        var wrong = Assert.Throws<OptionsValidationException>(() => Read<MailboxServerOptions>(new()
        {
            ["Keep"] = "00:00:00",
            ["Database"] = "",
            ["HashcashBits"] = "41",
            ["TrustedProxies:0"] = "127.0.0.1",
            ["TrustedProxies:1"] = "10.0.0.0/33",
            ["CorsOrigins:0"] = "example.com",
            ["Limits:FrameBytes"] = "2147483647",
            ["Limits:MessageBurst"] = "-1",
            ["Limits:BindDeadline"] = "00:00:00",
        }));
        string[] named = ["Keep ", "PruneEvery", "Database", "HashcashBits ", "HashcashBitsAtFullLoad", "10.0.0.0/33", "example.com", "FrameBytes", "MessageBurst", "BindDeadline"];
        Assert.That(wrong!.Failures.Count(), Is.EqualTo(named.Length), string.Join("\n", wrong.Failures));
        foreach (var name in named)
            Assert.That(wrong.Message, Does.Contain(name));
    }

    [Test]
    public void WhatIsWrongWithARelay_IsToldInFull()
    {
        var wrong = Assert.Throws<OptionsValidationException>(() => Read<RelayServerOptions>(new()
        {
            ["IdleTimeout"] = "00:00:00", ["ConnectionsPerMinute"] = "0", ["TrustedProxies:0"] = "me", ["BytesPerSecond"] = "1",
        }));
        Assert.That(wrong!.Failures.Count(), Is.EqualTo(4), string.Join("\n", wrong.Failures));
    }

    [Test]
    public void NoLimitsAtAll_IsNamed() =>
        Assert.That(new MailboxServerOptions { Limits = null! }.Problems(), Is.EqualTo(new[] { "Limits must not be null" }));

    // So that nobody can forget one that is new.
    private static void AssertEveryOption<T>(Func<Dictionary<string, string?>, T> read, T usual)
        where T : class
    {
        var written = new Dictionary<string, string?>();
        Write(usual, "", written);
        var options = read(written);
        var again = new Dictionary<string, string?>();
        Describe(options, "", again);
        Assert.That(again, Is.EquivalentTo(written));
    }

    private static void Write(object options, string prefix, Dictionary<string, string?> written)
    {
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var name = prefix + property.Name;
            if (property.PropertyType == typeof(IList<string>))
                (written[name + ":0"], written[name + ":1"]) = property.Name == "CorsOrigins" ? ("https://example.com", "*") : ("192.0.2.1", "2001:db8::/32");
            else if (property.GetValue(options) is { } nested && property.PropertyType == typeof(MailboxLimits))
                Write(nested, name + ":", written);
            else
                written[name] = Other(property.PropertyType, property.GetValue(options), name);
        }
    }

    private static string Other(Type type, object? value, string name) => value switch
    {
        bool flag => $"{!flag}",
        TimeSpan span => name == "PruneEvery" ? "00:00:59" : (span + TimeSpan.FromSeconds(1)).ToString("c", CultureInfo.InvariantCulture),
        int number => $"{number + 1}",
        long number => $"{number + 1}",
        null when type == typeof(long?) => "12345",
        null when type == typeof(string) => $"a {name}",
        _ => throw new AssertionException($"{name} is of a type this test does not know"),
    };

    private static void Describe(object options, string prefix, Dictionary<string, string?> described)
    {
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var value = property.GetValue(options);
            if (value is IList list)
            {
                for (var i = 0; i < list.Count; i++)
                    described[$"{prefix}{property.Name}:{i}"] = (string?)list[i];
            }
            else if (value is MailboxLimits limits)
            {
                Describe(limits, $"{prefix}{property.Name}:", described);
            }
            else
            {
                described[prefix + property.Name] = Convert.ToString(value, CultureInfo.InvariantCulture);
            }
        }
    }

    private static T Read<T>(Dictionary<string, string?> section)
        where T : class
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(section).Build();
        var services = new ServiceCollection();
        if (typeof(T) == typeof(MailboxServerOptions))
            services.AddWormholeMailbox(configuration);
        else
            services.AddWormholeRelay(configuration);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<T>>().Value;
    }
}
