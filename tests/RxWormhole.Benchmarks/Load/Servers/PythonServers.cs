using System.Net;
using System.Net.Sockets;

namespace RxWormhole.Benchmarks.Load;

/// <summary>Debian's Python servers at their fastest: no usage database, and nothing logged but warnings.</summary>
internal static class PythonServers
{
    private const string Twist = "/usr/bin/twist3";

    internal static LoadedServer StartMailbox(bool inMemory = true)
    {
        var server = new IPEndPoint(IPAddress.Loopback, FreePort());
        var process = Start(
            "Python",
            folder => ["wormhole-mailbox", Port(server), inMemory ? "--channel-db=:memory:" : $"--channel-db={Path.Combine(folder, "relay.sqlite")}"],
            server);
        return new LoadedServer(process, new MailboxUrl(server, "/v1"), null);
    }

    internal static LoadedServer StartRelay()
    {
        var server = new IPEndPoint(IPAddress.Loopback, FreePort());
        return new LoadedServer(Start("Python", _ => ["transitrelay", Port(server)], server), null, server);
    }

    private static string Port(IPEndPoint server) => $"--port=tcp:{server.Port}:interface=127.0.0.1";

    private static ServerProcess Start(string name, Func<string, IEnumerable<string>> arguments, IPEndPoint server)
    {
        if (!File.Exists(Twist))
            throw new LoadException($"{Twist} not found; install: sudo apt-get install python3-magic-wormhole-mailbox-server magic-wormhole-transit-relay");
        var process = new ServerProcess(name, Twist, folder => ["--log-level=warn", .. arguments(folder)]);
        try
        {
            // It says nothing at this level, so it is asked.
            process.WaitFor(_ => Listens(server) ? process : null);
            return process;
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    private static bool Listens(IPEndPoint server)
    {
        Thread.Sleep(50);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(server);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    // Between asking and using it somebody may take it; then the server does not start and says so.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
