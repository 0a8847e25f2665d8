using System.Globalization;
using System.Text.RegularExpressions;

namespace RxWormhole.Interop.Tests;

/// <summary>Debian's Python mailbox server, in a folder of its own, on a free loopback port that it keeps over restarts.</summary>
internal sealed partial class PythonMailbox : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rxwormhole-mailbox-").FullName;
    private readonly LoneMachine? machine;
    private readonly string[] options;
    private PeerProcess process;
    private int port;

    internal PythonMailbox(params string[] options)
        : this(null, options)
    {
    }

    /// <param name="machine">Another machine than this one.</param>
    /// <param name="options">What else it is told.</param>
    internal PythonMailbox(LoneMachine? machine, string[] options)
    {
        (this.machine, this.options) = (machine, options);
        Peer.Need(Peer.Twist);
        process = Start();
    }

    internal Uri Address => new($"ws://127.0.0.1:{port}/v1");

    internal string Database => Path.Combine(folder, "relay.sqlite");

    /// <summary>Kills the server.</summary>
    internal void Kill() => process.Dispose();

    /// <summary>Starts it again on the same port.</summary>
    internal void Restart(bool keepData)
    {
        if (!keepData)
            File.Delete(Database);
        process = Start();
    }

    /// <summary>How many rows a table of the database has.</summary>
    internal int Count(string table)
    {
        using var query = new PeerProcess(
            Peer.Python, ["-c", $"import sqlite3; print('rows', sqlite3.connect('{Database}').execute('select count(*) from {table}').fetchone()[0])"]);
        query.WaitForExit();
        return int.Parse(query.WaitFor(each => RowCount().Match(each.Output) is { Success: true } match ? match.Groups[1].Value : null), CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private PeerProcess Start()
    {
        string[] arguments = ["--log-format=text", "wormhole-mailbox", $"--port=tcp:{port}:interface=127.0.0.1", $"--channel-db={Database}", $"--usage-db={Path.Combine(folder, "usage.sqlite")}", .. options];
        var started = machine?.Run(Peer.Twist, arguments, folder: folder) ?? new PeerProcess(Peer.Twist, arguments, folder: folder);
        port = int.Parse(started.WaitFor(each => Port().Match(each.Output) is { Success: true } match ? match.Groups[1].Value : null), CultureInfo.InvariantCulture);
        return started;
    }

    [GeneratedRegex(@"Site starting on (\d+)")]
    private static partial Regex Port();

    [GeneratedRegex(@"rows (\d+)")]
    private static partial Regex RowCount();
}
