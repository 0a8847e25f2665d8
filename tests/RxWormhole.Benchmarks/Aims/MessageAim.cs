namespace RxWormhole.Benchmarks.Aims;

/// <summary>What a message allocates, both sides and the server together.</summary>
internal static class MessageAim
{
    private const int Messages = 1000;

    internal static bool Run()
    {
        foreach (var bytes in new[] { 32, 4096 })
        {
            using var run = new MessageRun(bytes);
            run.Send(Messages);
            var before = GC.GetAllocatedBytesForCurrentThread();
            run.Send(Messages);
            var each = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Messages;
            Console.WriteLine($"message of {bytes,4} bytes        {each / 1024,9:F1} KiB allocated   no aim");
        }

        return true;
    }
}
