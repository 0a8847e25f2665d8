using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using RxWormhole.Benchmarks.Load;

namespace RxWormhole.Benchmarks.Exchanges;

/// <summary>One word from one process to another.</summary>
internal static partial class TextExchange
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Starts a sender; with its code a receiver; and waits for the end of both.</summary>
    internal static async Task<ExchangeTimes> RunAsync(ExchangeClient client)
    {
        var self = new ProcessFigures(Environment.ProcessId);
        var cpu = self.ChildrenCpuSeconds;
        var clock = Stopwatch.StartNew();
        using var sender = Start(client.Program, client.Send);
        var code = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = Task.WhenAll(ReadAsync(sender.StandardOutput, code), ReadAsync(sender.StandardError, code));
        await Task.WhenAny(code.Task, said).WaitAsync(Patience);
        if (!code.Task.IsCompleted)
            throw new LoadException($"{client.Program} told no code. It said:\n{string.Concat(await said)}");
        var coded = clock.Elapsed;
        using var receiver = Start(client.Program, client.Receive(await code.Task));
        var heard = await EndAsync(receiver, Task.WhenAll(receiver.StandardOutput.ReadToEndAsync(), receiver.StandardError.ReadToEndAsync()));
        await EndAsync(sender, said);
        var all = clock.Elapsed;
        if (!heard[0].Contains(ExchangeClient.Word, StringComparison.Ordinal))
            throw new LoadException($"{client.Program} did not receive what was sent. It said:\n{string.Concat(heard)}");
        return new ExchangeTimes(coded.TotalMilliseconds, all.TotalMilliseconds, (self.ChildrenCpuSeconds - cpu) * 1000);
    }

    /// <summary>How long a program takes to say its version, in milliseconds.</summary>
    internal static async Task<double> StartAsync(string program)
    {
        var clock = Stopwatch.StartNew();
        using var process = Start(program, ["--version"]);
        await EndAsync(process, Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()));
        return clock.Elapsed.TotalMilliseconds;
    }

    private static Process Start(string program, string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (Win32Exception exception)
        {
            throw new LoadException($"{program} cannot be started: {exception.Message}");
        }
    }

    private static async Task<string> ReadAsync(StreamReader output, TaskCompletionSource<string> code)
    {
        var (all, buffer) = (new StringBuilder(), new char[1024]);
        while (await output.ReadAsync(buffer) is var read and > 0)
        {
            all.Append(buffer, 0, read);
            if (!code.Task.IsCompleted && Code().Match(all.ToString()) is { Success: true } match)
                code.TrySetResult(match.Value);
        }

        return all.ToString();
    }

    private static async Task<string[]> EndAsync(Process process, Task<string[]> said)
    {
        try
        {
            var words = await said.WaitAsync(Patience);
            await process.WaitForExitAsync().WaitAsync(Patience);
            return process.ExitCode == 0 ? words : throw new LoadException($"{process.StartInfo.FileName} ended with {process.ExitCode}. It said:\n{string.Concat(words)}");
        }
        catch (TimeoutException)
        {
            process.Kill();
            throw new LoadException($"{process.StartInfo.FileName} did not end.");
        }
    }

    [GeneratedRegex(@"\b[0-9]+-[a-z]+-[a-z]+(?=\s)")]
    private static partial Regex Code();
}
