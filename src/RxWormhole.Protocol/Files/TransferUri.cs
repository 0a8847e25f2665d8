using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace RxWormhole.Protocol;

/// <summary>A code as a link or a QR code: <c>wormhole-transfer:4-hurricane-equipment</c>.</summary>
/// <remarks>Source: file transfer, section 5.9.</remarks>
/// <param name="Code">The code.</param>
/// <param name="Rendezvous">The mailbox server without its path <c>/v1</c>, or null for the public one.</param>
/// <param name="ReaderSends">Whether whoever reads the link is to send; usually they receive.</param>
public sealed record TransferUri(string Code, string? Rendezvous = null, bool ReaderSends = false)
{
    private const string Scheme = "wormhole-transfer:";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a link. Fields and values that are not known are refused.</summary>
    /// <param name="text">The link, untrusted.</param>
    /// <param name="uri">What it says.</param>
    /// <param name="reason">Why it is none.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out TransferUri? uri, [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(text);
        uri = null;
        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            reason = $"A link to a transfer begins with {Scheme}";
            return false;
        }

        var rest = text[Scheme.Length..];
        var query = rest.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? rest : rest[..query];
        if (path.Length == 0 || path.Contains('/', StringComparison.Ordinal) || path.Contains('#', StringComparison.Ordinal) || !TryDecode(path, out var code) || code.Length == 0)
        {
            reason = "The link has no code that can be read.";
            return false;
        }

        string? rendezvous = null;
        var readerSends = false;
        reason = null;
        foreach (var field in query < 0 ? [] : rest[(query + 1)..].Split('&'))
        {
            var equals = field.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || !TryDecode(field[(equals + 1)..], out var value))
            {
                reason = "The link has a field that cannot be read.";
                return false;
            }

            reason = (field[..equals], value) switch
            {
                ("version", "0") or ("role", "leader" or "follower") => null,
                ("version", _) => "The link is of a newer version than this program.",
                ("role", _) => "The link gives its reader a role that is not known.",
                ("rendezvous", "") => "The link has an empty server.",
                ("rendezvous", _) => null,
                _ => "The link has a field that is not known.",
            };
            if (reason is not null)
                return false;
            if (field[..equals] == "rendezvous")
                rendezvous = value;
            if (field[..equals] == "role")
                readerSends = value == "leader";
        }

        uri = new TransferUri(code, rendezvous, readerSends);
        return true;
    }

    /// <summary>The link, without what is usual.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Scheme);
        Encode(Code, isValue: false, text);
        var separator = '?';
        if (Rendezvous is not null)
        {
            text.Append(separator).Append("rendezvous=");
            Encode(Rendezvous, isValue: true, text);
            separator = '&';
        }

        if (ReaderSends)
            text.Append(separator).Append("role=leader");
        return text.ToString();
    }

    private static void Encode(string text, bool isValue, StringBuilder output)
    {
        if (isValue)
        {
            output.Append(Uri.EscapeDataString(text));
            return;
        }

        foreach (var each in Encoding.UTF8.GetBytes(text))
        {
            if (each is <= 0x20 or >= 0x7f or (byte)'%' or (byte)'?' or (byte)'#' or (byte)'/')
                output.Append('%').Append(Convert.ToHexString([each]));
            else
                output.Append((char)each);
        }
    }

    private static bool TryDecode(string text, [NotNullWhen(true)] out string? decoded)
    {
        decoded = null;
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                if (!char.IsAscii(text[i]))
                    return false;
                bytes.Add((byte)text[i]);
            }
            else if (i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                bytes.Add(Convert.FromHexString(text.AsSpan(i + 1, 2))[0]);
                i += 2;
            }
            else
            {
                return false;
            }
        }

        try
        {
            decoded = Strict.GetString([.. bytes]);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
