using System.Text;

namespace RxWormhole.Protocol;

/// <summary>Text as the protocol hashes it: Unicode normalization form C, then UTF-8.</summary>
/// <remarks>Source: codes and words, section 1.1; key exchange, sections 3.2 and 3.6. The Go and Rust clients leave out the first step.</remarks>
public static class Utf8Text
{
    /// <summary>The bytes of a code, an application id or a purpose as they go into the key exchange.</summary>
    /// <exception cref="ArgumentException">The text contains half a surrogate pair and has no UTF-8 form.</exception>
    public static byte[] Normalized(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!IsWellFormed(text))
            throw new ArgumentException("The text is not valid Unicode: it contains half a surrogate pair.", nameof(text));
        return Encoding.UTF8.GetBytes(Nfc.Normalize(text));
    }

    /// <summary>Says whether every surrogate of the text has its other half.</summary>
    public static bool IsWellFormed(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        for (var i = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF'); i >= 0 && i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return false;
            i++;
        }

        return true;
    }
}
