using System.Globalization;
using RxWormhole.Server;

namespace RxWormhole.Benchmarks.Load;

/// <summary>Servers in a process of this program, which end with its standard input: with the process that started it, however that ends.</summary>
internal static class HostCommand
{
    internal static async Task<int> RunAsync(LoadArguments arguments)
    {
        await using var server = await WormholeServer.StartAsync(new WormholeServerOptions
        {
            MailboxEndPoint = MailboxUrl.ParseEndPoint(arguments["--mailbox"] ?? "127.0.0.1:0"),
            RelayEndPoint = MailboxUrl.ParseEndPoint(arguments["--relay"] ?? "127.0.0.1:0"),
            Mailbox = options => options.Database = arguments["--db"] is { } file && file != "memory" ? file : null,
        });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"mailbox {server.Mailbox}"));
        Console.WriteLine($"relay {server.Relay}");
        await InputEndsAsync();
        return 0;
    }

    internal static async Task<int> RunBareAsync()
    {
        var (app, url) = await BareServer.StartAsync();
        Console.WriteLine($"mailbox {url}");
        await InputEndsAsync();
        await app.DisposeAsync();
        return 0;
    }

    private static async Task InputEndsAsync()
    {
        using var input = Console.OpenStandardInput();
        while (await input.ReadAsync(new byte[64]) > 0)
        {
        }
    }
}
