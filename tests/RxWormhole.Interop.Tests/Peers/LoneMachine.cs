using System.Globalization;

namespace RxWormhole.Interop.Tests;

/// <summary>A machine as good as alone: the loopback interface is its only one, and the name of the Go client's relay is its own.</summary>
/// <remarks>
/// The Go client has no option for its relay, and without one it gives up. Here it has no address to tell its peer either, so that everything goes
/// through the relay, unless it is given some. The namespaces are held by a process that ends with this one's.
/// </remarks>
internal sealed class LoneMachine : IDisposable
{
    // Whoever is no administrator becomes one in a user namespace, where the system allows that.
    private static readonly (string Unshare, string[] Enter)[] Ways =
        [("-nm", ["-n", "-m"]), ("-rnm", ["-U", "--preserve-credentials", "-n", "-m"])];

    private readonly string hosts = Path.GetTempFileName();
    private readonly string[] enter;
    private readonly PeerProcess holder;

    /// <param name="addresses">The addresses it has besides loopback's own; the Python client tells its peer of no others.</param>
    internal LoneMachine(params string[] addresses)
    {
        enter = [];
        var unshare = "";
        foreach (var (way, into) in Ways.Where(_ => enter.Length == 0))
        {
            if (Succeeds("unshare", way, "ip", "link", "set", "lo", "up"))
                (unshare, enter) = (way, into);
        }

        if (enter.Length == 0)
            Peer.Lacks("network and mount namespaces of our own cannot be had: that takes root or user namespaces, and 'unshare' and 'ip' (sudo apt-get install util-linux iproute2)");
        File.WriteAllText(hosts, "127.0.0.1 localhost transit.magic-wormhole.io\n");
        const string Up = "ip link set lo up && for address in \"$@\"; do ip addr add \"$address\" dev lo || exit; done && mount --bind \"$0\" /etc/hosts && echo up && exec cat";
        holder = new PeerProcess("unshare", [unshare, "sh", "-c", Up, hosts, .. addresses]);
        holder.WaitFor(each => each.Output.Contains("up\n", StringComparison.Ordinal) ? each : null);
    }

    /// <summary>Starts a program there. It sees the same files as everybody else.</summary>
    internal PeerProcess Run(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? folder = null) =>
        new(
            "nsenter",
            ["-t", holder.Id.ToString(CultureInfo.InvariantCulture), .. enter, "sh", "-c", "cd \"$0\" && exec \"$@\"", folder ?? Path.GetTempPath(), program, .. arguments],
            environment);

    public void Dispose()
    {
        holder.Dispose();
        File.Delete(hosts);
    }

    private static bool Succeeds(string program, params string[] arguments)
    {
        try
        {
            using var process = new PeerProcess(program, arguments);
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
