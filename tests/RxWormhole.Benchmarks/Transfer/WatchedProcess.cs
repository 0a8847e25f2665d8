using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using RxWormhole.Benchmarks.Load;

namespace RxWormhole.Benchmarks.Transfer;

/// <summary>One end of a transfer: what it says, and what the kernel says about it, looked at again and again until it is gone.</summary>
internal sealed class WatchedProcess : IDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly StringBuilder said = new();
    private readonly Process process;
    private readonly Thread watch;

    internal WatchedProcess(string program, IEnumerable<string> arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LC_ALL"] = "C.UTF-8", ["PYTHONUNBUFFERED"] = "1" },
        };
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new LoadException($"{program} cannot be started: {exception.Message}");
        }

        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        watch = new Thread(Watch) { IsBackground = true };
        watch.Start();
    }

    internal string Said
    {
        get
        {
            lock (said)
                return said.ToString();
        }
    }

    /// <summary>What it used, as last seen: at most a moment before its end.</summary>
    internal double CpuSeconds { get; private set; }

    /// <summary>The most memory it had resident at once.</summary>
    internal double PeakMib { get; private set; }

    internal void Say(string line) => process.StandardInput.WriteLine(line);

    internal T WaitFor<T>(Func<string, T?> find)
        where T : class
    {
        T? found = null;
        SpinWait.SpinUntil(() => (found = find(Said)) is not null || process.HasExited, Patience);
        return found ?? throw new LoadException($"{process.StartInfo.FileName} did not come to it. It said:\n{Said}");
    }

    internal void WaitForExit()
    {
        if (!process.WaitForExit(Patience))
            throw new LoadException($"{process.StartInfo.FileName} did not end. It said:\n{Said}");
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new LoadException($"{process.StartInfo.FileName} ended with {process.ExitCode}. It said:\n{Said}");
        watch.Join();
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private void Keep(string? line)
    {
        lock (said)
            said.Append(line).Append('\n');
    }

    private void Watch()
    {
        var figures = new ProcessFigures(process.Id);
        try
        {
            while (true)
            {
                CpuSeconds = figures.CpuSeconds;
                var peak = File.ReadLines($"/proc/{process.Id}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
                if (peak is null)
                    return;
                PeakMib = double.Parse(peak["VmHWM:".Length..^"kB".Length].Trim(), CultureInfo.InvariantCulture) / 1024;
                Thread.Sleep(Glance);
            }
        }
        catch (Exception exception) when (exception is LoadException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            // It is gone.
        }
    }
}
