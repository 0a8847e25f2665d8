using System.Globalization;
using System.Net.Sockets;

namespace RxWormhole.Benchmarks.Load;

/// <summary>The memory of connections that are bound, have a mailbox open, and are idle.</summary>
internal static class IdleLoad
{
    // These pay for what a server makes once: its code, its tables, its first buffers. They stay, so that what they hold is not used again by those that
    // are counted.
    private const int WarmUp = 500;
    private const int AtOnce = 16;

    internal static async Task<int> CommandAsync(LoadArguments arguments)
    {
        var server = MailboxUrl.Parse(arguments.Only("the address of a mailbox server"));
        var process = arguments.Process ?? throw new LoadException("Needs --pid, the server's process.");
        var connections = arguments.Number("--connections", 5000);
        var held = await RunAsync(server, process, connections);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{connections} connections hold {held:F1} KiB each"));
        return 0;
    }

    /// <summary>Gives the KiB that a connection holds.</summary>
    internal static async Task<double> RunAsync(MailboxUrl server, ProcessFigures process, int connections)
    {
        FileLimit.Check(WarmUp + connections);
        var clients = new List<MailboxClient>();
        try
        {
            await OpenAsync(server, clients, WarmUp);
            var before = await process.SettledMemoryAsync();
            await OpenAsync(server, clients, connections);
            return (double)(await process.SettledMemoryAsync() - before) / connections;
        }
        catch (SocketException exception)
        {
            throw new LoadException($"With {clients.Count} connections open: {exception.Message}.");
        }
        finally
        {
            foreach (var client in clients)
                client.Dispose();
        }
    }

    private static async Task OpenAsync(MailboxUrl server, List<MailboxClient> clients, int count)
    {
        var left = count;
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) is var number && number >= 0)
            {
                var client = new MailboxClient('a');
                lock (clients)
                    clients.Add(client);
                await client.ConnectAsync(server);
                client.Bind();
                client.Open(Guid.NewGuid().ToString("N")[..13]);
                await client.FlushAsync();
                await client.AcksAsync();
            }
        })));
    }
}
