using System.Text.RegularExpressions;

namespace RxWormhole.Benchmarks.Load;

/// <summary>Our server, as the native program or within this one, and the bare endpoint.</summary>
/// <param name="program">The native program, or null for this one.</param>
internal sealed partial class OurServers(string? program)
{
    /// <param name="name">What the table calls it.</param>
    /// <param name="inMemory">Whether to keep everything in memory, or in a file.</param>
    /// <param name="relay">Where the relay is.</param>
    internal LoadedServer Start(string name, bool inMemory = true, string relay = "127.0.0.1:0")
    {
        string[] Arguments(string folder) =>
            ["--mailbox", "127.0.0.1:0", "--relay", relay, "--db", inMemory ? "memory" : Path.Combine(folder, "mailbox.sqlite")];

        var process = program is null
            ? Self(name, folder => ["load", "host", .. Arguments(folder)])
            : new ServerProcess(name, program, folder => ["serve", .. Arguments(folder)]);
        return Ready(process, hasRelay: true);
    }

    internal static LoadedServer StartBare() => Ready(Self("bare", _ => ["load", "bare"]), hasRelay: false);

    private static LoadedServer Ready(ServerProcess process, bool hasRelay)
    {
        try
        {
            var mailbox = process.WaitFor(said => MailboxLine().Match(said) is { Success: true } match ? match.Groups[1].Value : null);
            var relay = hasRelay ? process.WaitFor(said => RelayLine().Match(said) is { Success: true } match ? match.Groups[1].Value : null) : null;
            return new LoadedServer(process, MailboxUrl.Parse(mailbox), relay is null ? null : MailboxUrl.ParseEndPoint(relay));
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    private static ServerProcess Self(string name, Func<string, IEnumerable<string>> arguments)
    {
        // Started as "dotnet RxWormhole.Benchmarks.dll", or as a program.
        var path = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(path) == "dotnet"
            ? new ServerProcess(name, path, folder => [typeof(OurServers).Assembly.Location, .. arguments(folder)])
            : new ServerProcess(name, path, arguments);
    }

    [GeneratedRegex(@"mailbox (ws://\S+)\s")]
    private static partial Regex MailboxLine();

    [GeneratedRegex(@"relay tcp:(\S+)\s")]
    private static partial Regex RelayLine();
}
