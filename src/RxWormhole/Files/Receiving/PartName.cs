using System.Text;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>What things are called as long as they are not complete: <c>NAME.1a2b3c4d.rxwormhole-part</c>.</summary>
/// <remarks>An offered name that ends like that is refused, so whatever is called so is the rest of a transfer.</remarks>
internal static class PartName
{
    /// <summary>What an interrupted transfer leaves to be gone on with.</summary>
    internal const string Part = OfferedName.PartSuffix;

    /// <summary>What is of no use when a transfer ends.</summary>
    internal const string Work = OfferedName.WorkSuffix;

    private const int Digits = 8;
    private const int MostBytes = 255;

    internal static string Make(string name, string suffix, Entropy entropy) =>
        $"{Stem(name, suffix)}.{Convert.ToHexStringLower(entropy.Draw(Digits / 2))}{suffix}";

    /// <summary>Whether a name is one that was made for a name.</summary>
    internal static bool IsOf(string candidate, string name, string suffix)
    {
        var stem = Stem(name, suffix);
        return candidate.Length == stem.Length + 1 + Digits + suffix.Length
            && candidate.StartsWith(stem + ".", StringComparison.Ordinal)
            && candidate.EndsWith(suffix, StringComparison.Ordinal)
            && candidate.Skip(stem.Length + 1).Take(Digits).All(char.IsAsciiHexDigitLower);
    }

    /// <summary>Whether what is called like that can only be from us: anybody can give something such a name in a folder that several users share.</summary>
    internal static bool IsTrusted(FileStat stat) => stat.IsOurs != false && (stat.Mode & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) == 0;

    private static string Stem(string name, string suffix) => Shorten(name, MostBytes - 1 - Digits - suffix.Length);

    /// <summary>As much of a name as fits into so many bytes of UTF-8.</summary>
    internal static string Shorten(string name, int bytes)
    {
        var length = 0;
        foreach (var rune in name.EnumerateRunes())
        {
            bytes -= rune.Utf8SequenceLength;
            if (bytes < 0)
                break;
            length += rune.Utf16SequenceLength;
        }

        return name[..length];
    }

    /// <summary>The name for the nth thing of a name: <c>photo (1).jpg</c>.</summary>
    internal static string Numbered(string name, int number, bool isFolder)
    {
        var extension = isFolder ? "" : Path.GetExtension(name);
        if (extension.Length == name.Length || Encoding.UTF8.GetByteCount(extension) > 32)
            extension = "";
        var tail = $" ({number}){extension}";
        return Shorten(name[..^extension.Length], MostBytes - Encoding.UTF8.GetByteCount(tail)) + tail;
    }
}
