using System.Globalization;
using System.Text.RegularExpressions;

namespace RxWormhole.Interop.Tests;

/// <summary>Tells how much went through a relay of ours on a <see cref="LoneMachine"/>, whose metrics cannot be reached from here.</summary>
internal static partial class RelayMeter
{
    internal static long Read(LoneMachine machine, Uri metrics)
    {
        using var query = machine.Run(Peer.Python, ["-c", $"import urllib.request; print(urllib.request.urlopen('{metrics}').read().decode())"]);
        query.WaitForExit();
        Assert.That(query.ExitCode, Is.Zero, query.Errors);
        return Bytes().Match(query.Output) is { Success: true } match ? long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
    }

    [GeneratedRegex(@"^rxwormhole_relay_bytes_total\{.*\} (\d+)", RegexOptions.Multiline)]
    private static partial Regex Bytes();
}
