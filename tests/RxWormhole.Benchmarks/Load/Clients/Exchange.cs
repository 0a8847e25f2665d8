using System.Diagnostics;

namespace RxWormhole.Benchmarks.Load;

/// <summary>A complete exchange of two sides, each on a connection of its own: seventeen commands.</summary>
internal static class Exchange
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs one.</summary>
    /// <returns>How long it took from the first connect to the last <c>closed</c>, and how many commands were acknowledged.</returns>
    internal static async Task<(TimeSpan Time, int Acks, int Messages)> RunAsync(MailboxUrl server)
    {
        using var first = new MailboxClient('a');
        using var second = new MailboxClient('b');
        var code = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = Stopwatch.GetTimestamp();
        var sides = new[] { FirstAsync(first, server, code), SecondAsync(second, server, code.Task) };
        // A side that fails must not leave the other waiting: leaving this method disposes of both.
        using var patience = new CancellationTokenSource(Patience);
        await foreach (var side in Task.WhenEach(sides).WithCancellation(patience.Token))
            await side;
        var time = Stopwatch.GetElapsedTime(start);
        await Task.WhenAll(first.HangUpAsync(), second.HangUpAsync()).WaitAsync(Patience);
        return (time, first.Acks + second.Acks, first.Messages + second.Messages);
    }

    private static async Task FirstAsync(MailboxClient client, MailboxUrl server, TaskCompletionSource<string> code)
    {
        await client.ConnectAsync(server);
        client.Bind();
        client.Allocate();
        await client.FlushAsync();
        var nameplate = await client.AnswerAsync("allocated");
        code.SetResult(nameplate);
        await TalkAsync(client, nameplate);
    }

    private static async Task SecondAsync(MailboxClient client, MailboxUrl server, Task<string> code)
    {
        await client.ConnectAsync(server);
        client.Bind();
        await client.FlushAsync();
        await TalkAsync(client, await code);
    }

    private static async Task TalkAsync(MailboxClient client, string nameplate)
    {
        client.Claim(nameplate);
        await client.FlushAsync();
        var mailbox = await client.AnswerAsync("claimed");
        client.Open(mailbox);
        client.Add("pake");
        await client.FlushAsync();
        await client.MessageAsync("pake");
        client.Release(nameplate);
        client.Add("version");
        await client.FlushAsync();
        await client.MessageAsync("version");
        client.Add("0");
        await client.FlushAsync();
        await client.MessageAsync("0");
        client.Close(mailbox);
        await client.FlushAsync();
        await client.AnswerAsync("closed");
    }
}
