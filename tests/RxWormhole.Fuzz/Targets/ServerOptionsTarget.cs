using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RxWormhole.Cli;
using RxWormhole.Server;

namespace RxWormhole.Fuzz;

/// <summary>The configuration of a server, and addresses in it.</summary>
internal sealed class ServerOptionsTarget : FuzzTarget
{
    internal override string Name => "server-options";

    internal override int FixedBytes => 1 << 20;

    internal override int BytesPerByte => 4000;

    internal override IReadOnlyList<string> Words { get; } =
    [
        "Mailbox", "Relay", "Listen", "Metrics", "Motd", "Keep", "LongestKeep", "Lifetime", "PruneEvery", "DrainTime", "Database", "HashcashBits", "TrustedProxies", "CorsOrigins", "Limits", "FrameBytes", "SizePerMailbox", "TotalSize",
        "BindDeadline", "00:11:00", "10675199.02:48:05.4775807", "-1", "10.0.0.0/8", "::1/128", "https://example.com", "127.0.0.1:4000", "[::1]:4000", "*:4000",
    ];

    internal override void Run(ReadOnlySpan<byte> input)
    {
        _ = ListenAddress.TryParse(Texts.Of(input), out _);
        try
        {
            using var stream = new MemoryStream(input.ToArray());
            var configuration = new ConfigurationBuilder().AddJsonStream(stream).Build();
            KnownSettings.Check(configuration);
            foreach (var setting in new[] { configuration["Listen:Mailbox"], configuration["Listen:Relay"] })
                _ = setting is not null && ListenAddress.TryParse(setting, out _);
            using var services = new ServiceCollection()
                .AddWormholeMailbox(configuration.GetSection("Mailbox"))
                .AddWormholeRelay(configuration.GetSection("Relay"))
                .BuildServiceProvider();
            var mailbox = services.GetRequiredService<IOptions<MailboxServerOptions>>().Value;
            _ = services.GetRequiredService<IOptions<RelayServerOptions>>().Value;
            Hold.That(!mailbox.Problems().Any(), "what is used has no problems");
        }
        catch (Exception exception) when (exception is OptionsValidationException or InvalidDataException or FormatException or InvalidOperationException or JsonException)
        {
            // As the command has it, for which the file's reader makes an InvalidDataException of what is no JSON.
            Hold.That(exception.Message.Length > 0, "what failed says why");
        }
    }
}
