using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace RxWormhole.Interop.Tests;

/// <summary>The programs of other implementations that the tests run against.</summary>
internal static class Peer
{
    private const string Required = "RXWORMHOLE_REQUIRE_PEERS";

    internal const string Install =
        "sudo apt-get install magic-wormhole python3-magic-wormhole-mailbox-server magic-wormhole-transit-relay wormhole-william openssh-client";

    internal const string Python = "/usr/bin/python3";
    internal const string Twist = "/usr/bin/twist3";
    internal const string Wormhole = "/usr/bin/wormhole";
    internal const string William = "/usr/bin/wormhole-william";

    /// <summary>Ignores the test where a program is missing, or fails it where the peers are required.</summary>
    internal static void Need(params string[] programs)
    {
        var missing = programs.Where(program => !File.Exists(program)).ToList();
        if (missing.Count == 0 && programs.Contains(Twist) && !CanImport("wormhole_mailbox_server"))
            missing.Add("wormhole_mailbox_server (Python)");
        if (missing.Count == 0 && programs.Contains(Python) && !CanImport("wormhole"))
            missing.Add("wormhole (Python)");
        if (missing.Count == 0)
            return;
        Lacks($"{string.Join(", ", missing)} not found; install the peers with: {Install}");
    }

    /// <summary>Ignores the test for a reason, or fails it where the peers are required.</summary>
    [DoesNotReturn]
    internal static void Lacks(string reason)
    {
        if (Environment.GetEnvironmentVariable(Required) is { Length: > 0 } and not "0")
            Assert.Fail(reason);
        else
            Assert.Ignore(reason);
        throw new UnreachableException();
    }

    private static bool CanImport(string module)
    {
        if (!File.Exists(Python))
            return false;
        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", $"import {module}"]) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
