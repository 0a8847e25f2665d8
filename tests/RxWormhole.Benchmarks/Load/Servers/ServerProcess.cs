using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace RxWormhole.Benchmarks.Load;

/// <summary>A server in a process of its own, with a folder of its own, which both are gone when it is disposed of, or this program ends.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const int Enough = 16 << 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(5);
    private static readonly List<ServerProcess> Running = [];

    // A signal ends this program without ProcessExit. What is registered counts for as long as it is held.
    private static readonly PosixSignalRegistration[] Signals =
        [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, _ => EndAll()))];

    private readonly StringBuilder said = new();
    private readonly Process process;
    private readonly string folder;

    static ServerProcess()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => EndAll();
    }

    /// <param name="name">What the table calls it.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments, given the folder.</param>
    internal ServerProcess(string name, string program, Func<string, IEnumerable<string>> arguments)
    {
        Name = name;
        folder = Directory.CreateTempSubdirectory("rxwormhole-load-").FullName;
        try
        {
            process = Process.Start(new ProcessStartInfo(program, arguments(folder))
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception exception)
        {
            Directory.Delete(folder, recursive: true);
            throw new LoadException($"{name}: {program} cannot be started: {exception.Message}");
        }

        lock (Running)
            Running.Add(this);
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    internal string Name { get; }

    internal ProcessFigures Figures => new(process.Id);

    /// <summary>Waits until something is there, asking again and again.</summary>
    internal T WaitFor<T>(Func<string, T?> find)
        where T : class
    {
        T? found = null;
        SpinWait.SpinUntil(() => (found = find(Said)) is not null || process.HasExited, Patience);
        return found ?? throw new LoadException($"{Name} did not start. It said:\n{Said}");
    }

    public void Dispose()
    {
        lock (Running)
        {
            if (!Running.Remove(this))
                return;
        }

        process.Kill();
        process.WaitForExit(Goodbye);
        process.Dispose();
        DeleteFolder();
    }

    private string Said
    {
        get
        {
            lock (said)
                return said.ToString();
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (said)
        {
            if (said.Length < Enough)
                said.AppendLine(line.Data);
        }
    }

    private void DeleteFolder()
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{folder} could not be deleted: {exception.Message}");
        }
    }

    // First all of them are ended, waiting for none: this program may not have long.
    private static void EndAll()
    {
        ServerProcess[] all;
        lock (Running)
        {
            all = [.. Running];
            Running.Clear();
        }

        foreach (var each in all)
            each.process.Kill();
        foreach (var each in all)
            each.DeleteFolder();
    }
}
