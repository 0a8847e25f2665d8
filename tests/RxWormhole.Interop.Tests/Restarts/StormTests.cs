namespace RxWormhole.Interop.Tests;

/// <summary>Our server is killed again and again while many clients add messages as fast as they can. Nothing that it acknowledged may be lost.</summary>
/// <remarks>An <c>ack</c> for an add counts as much as the message itself: our server sends both only once the message is durable.</remarks>
public sealed class StormTests
{
    private const int Mailboxes = 12;
    private const int Kills = 8;

    private static readonly string[] Unlimited =
        ["--set", "Mailbox:Limits:MessagesPerSecond=1000000", "--set", "Mailbox:Limits:MessageBurst=1000000", "--set", "Mailbox:Limits:MessagesPerMailbox=1000000"];

    [Test]
    public async Task KilledInAStormOfAdds_NothingAcknowledgedIsLostOrDoubled()
    {
        using var database = new ServeDatabase();
        using var server = new ServeProcess(options: ["--db", database.File, .. Unlimited]);
        var pairs = Enumerable.Range(0, Mailboxes).Select(i => new[] { new StormWriter($"m{i}", $"a{i}"), new StormWriter($"m{i}", $"b{i}") }).ToArray();
        var random = TestContext.CurrentContext.Random;
        await OpenAsync(server, pairs);
        for (var kill = 1; kill <= Kills; kill++)
        {
            var left = random.Next(100, 1000);
            var killed = new TaskCompletionSource();
            var storm = pairs.SelectMany(pair => pair).Select(writer => writer.AddAsync(() =>
            {
                if (Interlocked.Decrement(ref left) == 0)
                    killed.SetResult();
            })).ToArray();
            await killed.Task.WaitAsync(PeerProcess.Patience);
            server.Kill();
            await Task.WhenAll(storm).WaitAsync(PeerProcess.Patience);

            // What each was told until the server was killed, before it is told again.
            var heard = pairs.Select(pair => pair.Select(writer => writer.Heard.ToArray()).ToArray()).ToArray();
            var (sent, acknowledged) = pairs.SelectMany(pair => pair)
                .Aggregate((0, 0), (sum, writer) => (sum.Item1 + writer.Lives.Sum(life => life.Count), sum.Item2 + writer.Acknowledged.Count));
            server.Restart();
            var stored = await OpenAsync(server, pairs);
            Assert.That(database.Check(), Is.EqualTo("ok"));
            foreach (var (i, pair) in pairs.Index())
                AssertKept(stored[i], heard[i], pair);
            TestContext.Out.WriteLine($"kill {kill}: {sent} added, {acknowledged} of them acknowledged, {stored.Sum(each => each.Count)} there");
            Assert.That(acknowledged, Is.LessThan(sent), "it was killed in the middle");
        }
    }

    // Both sides of each mailbox are told the same.
    private static async Task<IReadOnlyList<StormMessage>[]> OpenAsync(ServeProcess server, StormWriter[][] pairs)
    {
        var stored = await Task.WhenAll(pairs.Select(async pair =>
        {
            var first = await pair[0].OpenAsync(server.Mailbox);
            Assert.That(await pair[1].OpenAsync(server.Mailbox), Is.EqualTo(first));
            return first;
        }));
        return stored;
    }

    private static void AssertKept(IReadOnlyList<StormMessage> stored, StormMessage[][] heard, StormWriter[] writers)
    {
        foreach (var (writer, order) in writers.Zip(heard))
        {
            Assert.That(stored.Take(order.Length), Is.EqualTo(order), "in the order in which everybody was told");
            var own = stored.Where(message => message.Side == writer.Side).ToArray();
            Assert.That(writer.Acknowledged.Except(own.Select(message => message.Id)), Is.Empty, "acknowledged and lost");
            // Each as it was sent and once, and none without those that the same connection had added before.
            var there = own.ToHashSet();
            Assert.That(own, Is.EqualTo(writer.Lives.SelectMany(life => life.TakeWhile(there.Contains))));
        }
    }
}
