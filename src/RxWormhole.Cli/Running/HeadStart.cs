using System.Security.Cryptography;

namespace RxWormhole.Cli;

/// <summary>Begins what a command that talks to somebody will wait for, while its command line is still being read.</summary>
/// <remarks>The first hash of a process loads OpenSSL, which takes as long as starting the program does. It changes nothing but when that happens.</remarks>
internal static class HeadStart
{
    private static readonly string[] Talking = ["send", "tx", "receive", "recv", "recieve", "rx", "ssh"];

    /// <summary>Begins, unless the command line is about something else.</summary>
    internal static void Begin(string[] args)
    {
        // With one processor it would only be in the way.
        if (Environment.ProcessorCount > 1 && args.Any(Talking.Contains))
            ThreadPool.UnsafeQueueUserWorkItem(static _ => SHA256.HashData([]), null);
    }
}
