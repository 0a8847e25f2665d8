using System.Text.RegularExpressions;
using RxWormhole.Contracts;

namespace RxWormhole.Interop.Tests;

/// <summary><c>rxwormhole serve</c> as a process, on loopback ports that are free at first and that it keeps over restarts.</summary>
internal sealed partial class ServeProcess : IDisposable
{
    internal delegate PeerProcess Runner(string program, IEnumerable<string> arguments);

    private readonly Runner run;
    private readonly string[] options;
    private string mailbox;
    private string relay;
    private string metrics;

    /// <param name="mailbox">Where it has its mailbox server, or <c>none</c>.</param>
    /// <param name="relay">Where it has its relay, or <c>none</c>.</param>
    /// <param name="metrics">Where it tells metrics, or <c>none</c>.</param>
    /// <param name="options">What else it is told.</param>
    /// <param name="run">Starts it somewhere else than on this machine.</param>
    internal ServeProcess(string mailbox = "127.0.0.1:0", string relay = "none", string metrics = "none", IEnumerable<string>? options = null, Runner? run = null)
    {
        this.run = run ?? ((program, arguments) => new PeerProcess(program, arguments));
        this.options = [.. options ?? []];
        (this.mailbox, this.relay, this.metrics) = (mailbox, relay, metrics);
        Process = Start();
    }

    internal PeerProcess Process { get; private set; }

    internal Uri Mailbox => new($"ws://{mailbox}/v1");

    internal Uri Relay => new($"tcp://{relay}");

    internal Uri Metrics => new($"http://{metrics}/metrics");

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    internal void Kill() => Process.Kill();

    /// <summary>Starts it again on the same ports.</summary>
    internal void Restart()
    {
        Process.Dispose();
        Process = Start();
    }

    public void Dispose() => Process.Dispose();

    private PeerProcess Start()
    {
        var started = run(CommandProgram.Program, CommandProgram.Arguments(["serve", "--mailbox", mailbox, "--relay", relay, "--metrics", metrics, .. options]));
        try
        {
            // Each line is there once it is at its end.
            foreach (Match line in Listening().Matches(started.WaitFor(Announced)))
            {
                _ = line.Groups[1].Value switch
                {
                    "mailbox" => mailbox = line.Groups[2].Value,
                    "relay" => relay = line.Groups[2].Value,
                    _ => metrics = line.Groups[2].Value,
                };
            }
        }
        catch
        {
            started.Dispose();
            throw;
        }

        return started;
    }

    private string? Announced(PeerProcess process)
    {
        if (process.HasExited)
            throw new InvalidOperationException($"rxwormhole serve ended with {process.ExitCode}: {process.Errors}");
        var expected = new[] { mailbox, relay, metrics }.Count(each => each != "none");
        return Listening().Count(process.Output) == expected ? process.Output : null;
    }

    [GeneratedRegex(@"^(mailbox|relay|metrics) [a-z]+:(?://)?([^/\n]+)(?:/v1|/metrics)?\n", RegexOptions.Multiline)]
    private static partial Regex Listening();
}
