using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RxWormhole.Simulation;

/// <summary>Everything that happened in a world, in order, as text: the same for the same seed, byte for byte, on any machine.</summary>
internal sealed class Trace
{
    private readonly StringBuilder text = new();

    internal void Add(TimeSpan at, string who, string what) => text.Append(CultureInfo.InvariantCulture, $"{at.Ticks} {who} {what}\n");

    internal string Hash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));

    public override string ToString() => text.ToString();
}
