using System.CommandLine;
using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace RxWormhole.Cli;

/// <summary><c>rxwormhole serve</c>: its options, and how they and the configuration become settings.</summary>
/// <remarks>What an option says wins over the environment, that over the configuration file, and that over the default. Options of the Python servers keep their names.</remarks>
internal static class ServeCommand
{
    internal const string Name = "serve";

    private const string EnvironmentPrefix = "RXWORMHOLE_";
    private static readonly IPEndPoint UsualMailbox = new(IPAddress.Loopback, 4000);
    private static readonly IPEndPoint UsualRelay = new(IPAddress.Loopback, 4001);

    private static readonly Option<string?> Mailbox = Address("--mailbox", "Where the mailbox server listens, or 'none'. [default: 127.0.0.1:4000]");
    private static readonly Option<string?> Relay = Address("--relay", "Where the transit relay listens, or 'none'. [default: 127.0.0.1:4001]");
    private static readonly Option<string?> Metrics = Address("--metrics", "Where /metrics is served for Prometheus, or 'none'. [default: none]");
    private static readonly Option<string?> Database = new("--db") { HelpName = "FILE|memory", Description = "The SQLite database to keep mailboxes in, or 'memory'. [default: memory]" };
    private static readonly Option<string?> Motd = new("--motd") { HelpName = "TEXT", Description = "A message of the day that clients show." };
    private static readonly Option<string?> Error = new("--signal-error") { HelpName = "TEXT", Description = "Turns every client away with this text." };
    private static readonly Option<string?> Version = new("--advertise-version") { HelpName = "VERSION", Description = "The version of the Python client to recommend." };
    private static readonly Option<bool> NoList = new("--disallow-list") { Description = "Answers every 'list' with no nameplates. Rust clients then refuse every code." };
    private static readonly Option<string[]> Proxies = new("--trusted-proxy") { HelpName = "ADDRESS", Description = "A proxy, or a network of them, whose X-Forwarded-For is believed. May be given several times." };
    private static readonly Option<bool> LogAddresses = new("--log-addresses") { Description = "Lets the log tell clients' addresses." };
    private static readonly Option<bool> LogJson = new("--log-json") { Description = "Writes the log as one JSON object a line." };
    private static readonly Option<FileInfo?> Config = new("--config") { HelpName = "FILE", Description = "A configuration file (JSON); docs/operating tells what it may hold." };
    private static readonly Option<string[]> Set = new("--set") { HelpName = "NAME=VALUE", Description = "Anything of the configuration, for instance Mailbox:Limits:Connections=100. May be given several times." };

    internal static Command Create()
    {
        Config.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<FileInfo?>() is { Exists: false } file)
                result.AddError($"--config: there is no file '{file.FullName}'");
        });
        Set.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=', StringComparison.Ordinal) <= 0))
                result.AddError($"--set: expected NAME=VALUE, not '{token.Value}'");
        });
        var command = new Command(Name, "Runs a mailbox server and a transit relay.")
        {
            Mailbox, Relay, Database, Motd, Config, Metrics, Error, Version, NoList, Proxies, LogAddresses, LogJson, Set,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var errors = parsed.InvocationConfiguration.Error;
        try
        {
            return await ServeHost.RunAsync(Settings(parsed), parsed.InvocationConfiguration.Output, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (Problems(exception) is { Length: > 0 } problems)
        {
            foreach (var problem in problems)
                await errors.WriteLineAsync($"rxwormhole serve: {problem}").ConfigureAwait(false);
            return (int)ExitCode.Usage;
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException or InvalidOperationException)
        {
            await errors.WriteLineAsync($"rxwormhole serve: the configuration cannot be used: {Innermost(exception)}").ConfigureAwait(false);
            return (int)ExitCode.Usage;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException)
        {
            await errors.WriteLineAsync($"rxwormhole serve: {exception.Message}").ConfigureAwait(false);
            return (int)ExitCode.Failure;
        }
    }

    private static ServeSettings Settings(ParseResult parsed)
    {
        var builder = new ConfigurationBuilder();
        if (parsed.GetValue(Config) is { } file)
            builder.AddJsonFile(file.FullName, optional: false, reloadOnChange: true);
        var configuration = builder
            .AddEnvironmentVariables(EnvironmentPrefix)
            .AddInMemoryCollection(Named(parsed))
            .Build();
        KnownSettings.Check(configuration);

        // Endpoints of Kestrel's own, for instance with TLS, take the place of the usual one.
        var hasEndpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Any();
        var settings = new ServeSettings(
            Listen(parsed, Mailbox, configuration["Listen:Mailbox"], hasEndpoints ? null : UsualMailbox),
            Listen(parsed, Relay, configuration["Listen:Relay"], UsualRelay),
            Listen(parsed, Metrics, configuration["Listen:Metrics"], null),
            (parsed.GetValue(Mailbox) ?? configuration["Listen:Mailbox"]) != ListenAddress.None,
            configuration);
        // Kestrel would listen on a port of its own choice.
        if (settings is { HasMailbox: false, Relay: null })
            throw new InvalidDataException("there is nothing to serve: neither a mailbox server nor a relay");
        return settings;
    }

    private static IEnumerable<KeyValuePair<string, string?>> Named(ParseResult parsed)
    {
        foreach (var (option, name) in new (Option<string?>, string)[]
                 {
                     (Motd, "Mailbox:Motd"), (Error, "Mailbox:Error"), (Version, "Mailbox:CurrentCliVersion"),
                 })
        {
            if (parsed.GetValue(option) is { } value)
                yield return KeyValuePair.Create<string, string?>(name, value);
        }

        if (parsed.GetValue(Database) is { } database)
            yield return KeyValuePair.Create("Mailbox:Database", database == "memory" ? null : database);
        if (parsed.GetValue(NoList))
            yield return KeyValuePair.Create<string, string?>("Mailbox:AllowList", "false");
        if (parsed.GetValue(LogJson))
            yield return KeyValuePair.Create<string, string?>("Logging:Console:FormatterName", "json");
        foreach (var section in parsed.GetValue(LogAddresses) ? ["Mailbox", "Relay"] : Array.Empty<string>())
            yield return KeyValuePair.Create<string, string?>($"{section}:LogAddresses", "true");
        foreach (var (index, proxy) in (parsed.GetValue(Proxies) ?? []).Index())
        {
            yield return KeyValuePair.Create<string, string?>($"Mailbox:TrustedProxies:{index}", proxy);
            yield return KeyValuePair.Create<string, string?>($"Relay:TrustedProxies:{index}", proxy);
        }

        foreach (var pair in parsed.GetValue(Set) ?? [])
            yield return KeyValuePair.Create<string, string?>(pair[..pair.IndexOf('=', StringComparison.Ordinal)], pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..]);
    }

    private static IPEndPoint? Listen(ParseResult parsed, Option<string?> option, string? configured, IPEndPoint? usual) =>
        (parsed.GetValue(option) ?? configured) switch
        {
            null => usual,
            ListenAddress.None => null,
            var text when ListenAddress.TryParse(text, out var address) => address,
            var text => throw new InvalidDataException($"'{text}' in the section Listen: {ListenAddress.Expected}"),
        };

    private static Option<string?> Address(string name, string description)
    {
        var option = new Option<string?>(name) { HelpName = "HOST:PORT", Description = description };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && text != ListenAddress.None && !ListenAddress.TryParse(text, out _))
                result.AddError($"{name}: '{text}': {ListenAddress.Expected}");
        });
        return option;
    }

    // By the names they have in the configuration.
    private static string[] Problems(Exception exception) => exception switch
    {
        OptionsValidationException { OptionsType: var type } invalid =>
            [.. invalid.Failures.Select(problem => $"{(type == typeof(Server.RelayServerOptions) ? "Relay" : "Mailbox")}: {problem}")],
        AggregateException several => [.. several.InnerExceptions.SelectMany(Problems)],
        _ => [],
    };

    private static string Innermost(Exception exception) => exception.InnerException is { } inner ? Innermost(inner) : exception.Message;
}
