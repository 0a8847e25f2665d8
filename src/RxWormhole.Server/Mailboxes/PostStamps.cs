using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RxWormhole.Protocol;

namespace RxWormhole.Server;

/// <summary>The resources of hashcash stamps for HTTP, where no connection remembers what it asked for: each says what was asked for, until when, and that we said so.</summary>
/// <remarks>
/// rxwormhole-&lt;bits&gt;-&lt;expiry, seconds since 1970&gt;-&lt;the first 16 bytes of an HMAC-SHA-256 over "bits-expiry-address", base64url&gt;.
/// A stamp is good for any number of requests from one address until it expires, because a request that is repeated has to be answered as before. A server that
/// is started again knows no resource of before.
/// </remarks>
internal sealed class PostStamps(byte[] secret)
{
    /// <summary>How many random bytes the secret has.</summary>
    internal const int SecretLength = 32;

    /// <summary>How long a resource is good for: the time to make a stamp, and to use it.</summary>
    internal static readonly TimeSpan Validity = TimeSpan.FromMinutes(10);

    private const string Name = "rxwormhole";
    private const int MacLength = 16;

    /// <summary>Asks for work.</summary>
    /// <param name="bits">How much.</param>
    /// <param name="address">Of whom, as <see cref="ClientAddress.Key"/> has it.</param>
    /// <param name="now">The time.</param>
    internal HashcashRequest Ask(int bits, string? address, DateTimeOffset now) => Make(bits, (now + Validity).ToUnixTimeSeconds(), address);

    /// <summary>Finds what a stamp was asked for.</summary>
    /// <returns>Null where we did not ask for it, or not this address, or too long ago. Whether the work was done is still to be checked.</returns>
    internal HashcashRequest? Find(string stamp, string? address, DateTimeOffset now)
    {
        // The mac has dashes of its own.
        if (stamp.Split(':', 5) is not [_, _, _, var resource, _] || resource.Split('-', 4) is not [Name, var bits, var expiry, _] ||
            !int.TryParse(bits, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ||
            !long.TryParse(expiry, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ||
            seconds < now.ToUnixTimeSeconds())
            return null;
        var request = Make(asked, seconds, address);
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Resource), Encoding.UTF8.GetBytes(resource)) ? request : null;
    }

    private HashcashRequest Make(int bits, long expiry, string? address)
    {
        var asked = string.Create(CultureInfo.InvariantCulture, $"{bits}-{expiry}");
        var mac = HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{asked}-{address}"));
        return new HashcashRequest(bits, $"{Name}-{asked}-{Base64Url.EncodeToString(mac.AsSpan(0, MacLength))}");
    }
}
