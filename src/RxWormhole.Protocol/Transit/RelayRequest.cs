using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace RxWormhole.Protocol;

/// <summary>What a client asks a transit relay for: to be connected with the other client that names the same token.</summary>
/// <remarks>Source: transit, section 4.5. <c>please relay TOKEN for side SIDE\n</c>, or the older form without a side.</remarks>
/// <param name="Token">64 letters, digits or underscores; upper and lower case differ.</param>
/// <param name="Side">16 of the same, or null in the older form.</param>
public sealed record RelayRequest(string Token, string? Side)
{
    /// <summary>The longest line a relay reads.</summary>
    public const int MaxLength = 1024;

    private const int TokenLength = 64;
    private const int SideLength = 16;

    private static ReadOnlySpan<byte> Please => "please relay "u8;

    private static ReadOnlySpan<byte> ForSide => " for side "u8;

    /// <summary>Reads a request.</summary>
    /// <param name="line">The line without its end, untrusted.</param>
    /// <param name="request">The request.</param>
    public static bool TryParse(ReadOnlySpan<byte> line, [NotNullWhen(true)] out RelayRequest? request)
    {
        request = null;
        if (!line.StartsWith(Please))
            return false;
        var rest = line[Please.Length..];
        if (rest.Length == TokenLength && IsWord(rest))
        {
            request = new RelayRequest(Encoding.ASCII.GetString(rest), null);
            return true;
        }

        if (rest.Length != TokenLength + ForSide.Length + SideLength || !rest[TokenLength..].StartsWith(ForSide))
            return false;
        var token = rest[..TokenLength];
        var side = rest[^SideLength..];
        if (!IsWord(token) || !IsWord(side))
            return false;
        request = new RelayRequest(Encoding.ASCII.GetString(token), Encoding.ASCII.GetString(side));
        return true;
    }

    /// <summary>Says whether the two belong together: the same token, and different sides where both name one.</summary>
    public bool Matches(RelayRequest other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Token == other.Token && (Side is null || other.Side is null || Side != other.Side);
    }

    /// <summary>The token and the side are nobody else's business.</summary>
    public override string ToString() => nameof(RelayRequest);

    private static bool IsWord(ReadOnlySpan<byte> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit((char)character) && character != '_')
                return false;
        }

        return true;
    }
}
