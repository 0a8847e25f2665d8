using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace RxWormhole.Protocol;

/// <summary>A search for a good stamp that is done in slices, so that it can be stopped in between.</summary>
public sealed class HashcashMint
{
    /// <summary>How many random bytes make the stamp's own text.</summary>
    public const int EntropyLength = 12;

    private readonly HashcashRequest request;
    private readonly byte[] stamp;
    private readonly int fixedLength;
    private long counter;

    /// <summary>Prepares a search.</summary>
    /// <param name="request">What the server asked for.</param>
    /// <param name="date">The date to write; only its day is used.</param>
    /// <param name="entropy"><see cref="EntropyLength"/> random bytes, so that no two stamps are equal.</param>
    public HashcashMint(HashcashRequest request, DateTimeOffset date, ReadOnlySpan<byte> entropy)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (entropy.Length != EntropyLength)
            throw new ArgumentException($"A stamp takes {EntropyLength} random bytes.", nameof(entropy));

        this.request = request;
        var prefix = string.Create(
            CultureInfo.InvariantCulture,
            $"1:{request.Bits}:{date.UtcDateTime:yyMMdd}:{request.Resource}::{Convert.ToBase64String(entropy)}:");
        fixedLength = prefix.Length;
        stamp = new byte[prefix.Length + 16];
        Encoding.ASCII.GetBytes(prefix, stamp);
    }

    /// <summary>How many stamps were tried so far.</summary>
    public long Attempts => counter;

    /// <summary>Tries the next stamps.</summary>
    /// <param name="attempts">How many; some thousands take milliseconds.</param>
    /// <param name="found">The good stamp, if one was among them.</param>
    public bool TrySlice(int attempts, [NotNullWhen(true)] out string? found)
    {
        for (var i = 0; i < attempts; i++, counter++)
        {
            counter.TryFormat(stamp.AsSpan(fixedLength), out var digits, "x", CultureInfo.InvariantCulture);
            var candidate = stamp.AsSpan(0, fixedLength + digits);
            if (Hashcash.LeadingZeroBits(candidate) < request.Bits)
                continue;
            counter++;
            found = Encoding.ASCII.GetString(candidate);
            return true;
        }

        found = null;
        return false;
    }
}
