using System.Diagnostics;
using System.Text;

namespace RxWormhole.Interop.Tests;

/// <summary>A process of a peer, whose output is collected and waited for on conditions.</summary>
internal sealed class PeerProcess : IDisposable
{
    /// <summary>How long a condition is waited for before a test gives up; generous, because machines are slow at times.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly Task reading;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();

    internal PeerProcess(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        process = Process.Start(start)!;
        reading = Task.WhenAll(ReadAsync(process.StandardOutput, output), ReadAsync(process.StandardError, errors));
    }

    internal string Output
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    internal string Errors
    {
        get
        {
            lock (errors)
                return errors.ToString();
        }
    }

    internal int Id => process.Id;

    internal bool HasExited => process.HasExited;

    internal int ExitCode => process.ExitCode;

    internal void WriteLine(string line)
    {
        process.StandardInput.WriteLine(line);
        process.StandardInput.Flush();
    }

    /// <summary>Waits until the function finds something in what the process wrote.</summary>
    internal T WaitFor<T>(Func<PeerProcess, T?> find)
        where T : class
    {
        T? found = null;
        if (!SpinWait.SpinUntil(() => (found = find(this)) is not null, Patience))
            throw new TimeoutException($"{process.StartInfo.FileName} did not come to it.\nOutput: {Output}\nErrors: {Errors}");
        return found!;
    }

    /// <summary>Waits until it has ended, and until all that it wrote is here.</summary>
    internal void WaitForExit()
    {
        if (!process.WaitForExit(Patience) || !reading.Wait(Patience))
            throw new TimeoutException($"{process.StartInfo.FileName} did not end.\nOutput: {Output}\nErrors: {Errors}");
    }

    /// <summary>Asks it to end, as systems do that shut down.</summary>
    internal void Terminate()
    {
        // The shell's own kill: a machine may have no other.
        using var kill = Process.Start("sh", ["-c", $"kill -TERM {process.Id}"]);
        kill.WaitForExit();
    }

    internal void Kill()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited)
            Kill();
        process.Dispose();
    }

    private static Task ReadAsync(StreamReader reader, StringBuilder into) => Task.Run(async () =>
    {
        var buffer = new char[4096];
        int count;
        while ((count = await reader.ReadAsync(buffer)) > 0)
        {
            lock (into)
                into.Append(buffer, 0, count);
        }
    });
}
