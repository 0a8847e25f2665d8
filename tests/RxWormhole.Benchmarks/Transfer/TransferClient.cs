namespace RxWormhole.Benchmarks.Transfer;

/// <summary>A command line client, and how it is told to send and to receive directly or through the relay.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Program">The program.</param>
/// <param name="Send">Its arguments, given whether the relay is to be used and the file.</param>
/// <param name="Receive">Its arguments, given whether the relay is to be used and the code.</param>
internal sealed record TransferClient(string Name, string Program, Func<bool, string, string[]> Send, Func<bool, string, string[]> Receive)
{
    /// <summary>The Python and Go clients have addresses to connect to only where the machine has some, which the relay is used without.</summary>
    internal static TransferClient[] All(string command, Uri mailbox)
    {
        var url = mailbox.AbsoluteUri;
        string[] python = ["--relay-url", url, "--transit-helper", "tcp:127.0.0.1:4001"];
        string[] ours(bool isRelayed) => [.. python, "--hide-progress", .. isRelayed ? new[] { "--relay-only" } : []];
        string[] listening(bool isRelayed) => isRelayed ? ["--no-listen"] : [];
        return
        [
            new("ours", command, (isRelayed, file) => ["send", .. ours(isRelayed), file], (isRelayed, code) => ["receive", .. ours(isRelayed), "--accept-file", code]),
            new(
                "Python",
                "wormhole",
                (isRelayed, file) => [.. python, "send", .. listening(isRelayed), "--hide-progress", file],
                (isRelayed, code) => [.. python, "receive", .. listening(isRelayed), "--hide-progress", "--accept-file", code]),
            new(
                "Go",
                "wormhole-william",
                (_, file) => ["send", "--relay-url", url, "--hide-progress", file],
                (_, code) => ["receive", "--relay-url", url, "--hide-progress", code]),
        ];
    }
}
