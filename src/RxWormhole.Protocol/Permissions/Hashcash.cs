using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace RxWormhole.Protocol;

/// <summary>Hashcash stamps, version 1: a little work that shows a client means it.</summary>
/// <remarks>
/// Source: the mailbox protocol, section 2.7. A stamp is <c>1:bits:date:resource:ext:rand:counter</c>.
/// </remarks>
public static class Hashcash
{
    /// <summary>The most bits there can be: the length of a SHA-1.</summary>
    public const int MaxBits = 160;

    // Nobody's stamp is longer; a server need not hash more.
    private const int MaxStampLength = 1024;

    /// <summary>Says whether a stamp is good.</summary>
    /// <param name="stamp">What the client sent, untrusted.</param>
    /// <param name="bits">The bits that were asked for.</param>
    /// <param name="resource">The resource that was asked for.</param>
    /// <param name="anyDate">Whether the date may be anything. The Rust client writes one that nobody else can read: a server that wants to let it in
    /// asks each connection for a resource of its own, which makes the date needless.</param>
    /// <remarks>
    /// A stamp that claims more than it has is worthless; one that claims less than was asked for is, too. How old the date is, and whether the stamp
    /// was seen before, is the caller's to know.
    /// </remarks>
    public static bool Check(string? stamp, int bits, string resource, bool anyDate = false)
    {
        if (stamp is null || stamp.Length > MaxStampLength || !Ascii.IsValid(stamp))
            return false;
        var fields = stamp.Split(':');
        return fields is ["1", var claimed, var date, var made, _, _, _]
            && made == resource
            && (anyDate || IsDate(date))
            && int.TryParse(claimed, NumberStyles.None, CultureInfo.InvariantCulture, out var claimedBits)
            && claimedBits >= bits
            && LeadingZeroBits(stamp) >= claimedBits;
    }

    /// <summary>Says whether a text can be the resource of a stamp: ASCII without a colon or control characters, at most 256 characters.</summary>
    public static bool IsResource(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= 256 && text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 && !text.Contains(':', StringComparison.Ordinal);
    }

    // YYMMDD, YYMMDDhhmm or YYMMDDhhmmss
    private static bool IsDate(string text) => text.Length is 6 or 10 or 12 && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;

    internal static int LeadingZeroBits(string stamp)
    {
        Span<byte> bytes = stackalloc byte[MaxStampLength];
        var length = Encoding.ASCII.GetBytes(stamp, bytes);
        return LeadingZeroBits(bytes[..length]);
    }

    internal static int LeadingZeroBits(ReadOnlySpan<byte> stamp)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The stamp format is defined with SHA-1; nothing is protected by it.
        SHA1.HashData(stamp, hash);
#pragma warning restore CA5350
        var zeros = hash.IndexOfAnyExcept((byte)0);
        return zeros < 0 ? MaxBits : zeros * 8 + BitOperations.LeadingZeroCount((uint)hash[zeros] << 24);
    }
}
