namespace RxWormhole.Benchmarks.Load;

/// <summary>Mailboxes that are alive: each was claimed and opened by a side that left a message and is away.</summary>
internal static class Population
{
    private const int AtOnce = 16;

    internal static async Task MakeAsync(MailboxUrl server, int count)
    {
        var left = count;
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
                await MakeOneAsync(server);
        })));
    }

    private static async Task MakeOneAsync(MailboxUrl server)
    {
        using var client = new MailboxClient('a');
        await client.ConnectAsync(server);
        client.Bind();
        client.Allocate();
        await client.FlushAsync();
        client.Claim(await client.AnswerAsync("allocated"));
        await client.FlushAsync();
        client.Open(await client.AnswerAsync("claimed"));
        client.Add("pake");
        await client.FlushAsync();
        await client.AcksAsync();
        await client.HangUpAsync();
    }
}
