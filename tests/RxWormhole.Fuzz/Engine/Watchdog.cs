namespace RxWormhole.Fuzz;

/// <summary>Ends the process where a run does not end, and says on which input.</summary>
internal static class Watchdog
{
    /// <summary>The exit code.</summary>
    internal const int Hangs = 3;

    private static readonly TimeSpan Most = TimeSpan.FromSeconds(60);

    private static readonly Lock Gate = new();
    private static Timer? timer;
    private static FuzzTarget? running;
    private static byte[] input = [];
    private static long started;

    internal static void Begin(FuzzTarget target, byte[] bytes)
    {
        lock (Gate)
        {
            timer ??= new Timer(static _ => Look(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
            (running, input, started) = (target, bytes, Environment.TickCount64);
        }
    }

    internal static void End()
    {
        lock (Gate)
            running = null;
    }

    private static void Look()
    {
        lock (Gate)
        {
            if (running is null || Environment.TickCount64 - started < Most.TotalMilliseconds)
                return;
            Console.Error.WriteLine($"{running.Name}: a run has not ended after {Most.TotalSeconds:0} s\ninput:    {Convert.ToHexStringLower(input)}");
            Environment.Exit(Hangs);
        }
    }
}
