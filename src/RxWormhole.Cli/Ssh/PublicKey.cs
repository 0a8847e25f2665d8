using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RxWormhole.Protocol;

namespace RxWormhole.Cli;

/// <summary>A public key as one line of <c>authorized_keys</c>: a type, the key, and perhaps a comment. Options before it, which a line may have there, are none of ours.</summary>
/// <param name="Type">The type, one of those that are known.</param>
/// <param name="Data">The key in Base64, as OpenSSH writes it.</param>
/// <param name="Comment">What it is called, usually <c>user@machine</c>; may be empty. One line without control characters.</param>
internal sealed record PublicKey(string Type, string Data, string Comment)
{
    /// <summary>The longest text that is looked at. The largest RSA keys have 2,900 characters.</summary>
    internal const int MostCharacters = 16 * 1024;

    private const int MostComment = 1024;
    private const int LeastRsaBytes = 1024 / 8;

    // For each type: its further fields, by name.
    private static readonly ImmutableSortedDictionary<string, Func<List<byte[]>, bool>> Types = ImmutableSortedDictionary.Create<string, Func<List<byte[]>, bool>>(StringComparer.Ordinal)
        .Add("ssh-ed25519", static fields => fields is [{ Length: 32 }])
        .Add("ssh-rsa", static fields => fields is [{ Length: > 0 and <= 9 }, { Length: >= LeastRsaBytes and <= 2049 }])
        .Add("ecdsa-sha2-nistp256", static fields => IsCurve(fields, "nistp256", 65))
        .Add("ecdsa-sha2-nistp384", static fields => IsCurve(fields, "nistp384", 97))
        .Add("ecdsa-sha2-nistp521", static fields => IsCurve(fields, "nistp521", 133))
        .Add("sk-ssh-ed25519@openssh.com", static fields => fields is [{ Length: 32 }, { Length: > 0 and <= 256 }])
        .Add("sk-ecdsa-sha2-nistp256@openssh.com", static fields => fields is [_, _, { Length: > 0 and <= 256 }] && IsCurve(fields[..2], "nistp256", 65));

    /// <summary>What people compare: as <c>ssh-keygen -l</c> shows it.</summary>
    internal string Fingerprint => $"SHA256:{Convert.ToBase64String(SHA256.HashData(Convert.FromBase64String(Data))).TrimEnd('=')}";

    /// <summary>Reads a key.</summary>
    /// <param name="text">One line, with or without its end; untrusted.</param>
    /// <param name="key">The key.</param>
    /// <param name="reason">Why it is none: ends a sentence.</param>
    internal static bool TryParse(string text, [NotNullWhen(true)] out PublicKey? key, [NotNullWhen(false)] out string? reason)
    {
        key = null;
        reason = Read(text, out key);
        return reason is null;
    }

    /// <summary>The line, without its end.</summary>
    public override string ToString() => Comment.Length == 0 ? $"{Type} {Data}" : $"{Type} {Data} {Comment}";

    private static string? Read(string text, out PublicKey? key)
    {
        key = null;
        if (text.Length > MostCharacters)
            return "it is too long";
        var line = text.Trim(' ', '\t', '\r', '\n');
        var parts = line.Split([' ', '\t'], 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length == 0)
            return "it is empty";
        if (line.Contains("PRIVATE KEY", StringComparison.Ordinal))
            return "it is a private key, which nobody else may have";
        if (line.Contains('\n', StringComparison.Ordinal))
            return "it has several lines";
        if (!IsPrintable(line))
            return "it contains control characters";
        if (!Types.TryGetValue(parts[0], out var isUsable))
            return "it does not begin with a type of key that is known";
        if (parts.Length < 2 || !HasFields(parts[1], parts[0], isUsable))
            return $"there is no {parts[0]} key in it";
        if (parts is [_, _, { Length: > MostComment }])
            return "its comment is too long";
        key = new PublicKey(parts[0], parts[1], parts.Length > 2 ? parts[2] : "");
        return null;
    }

    // One line for every program that reads lines; tabs are spaces.
    private static bool IsPrintable(string line) => Utf8Text.IsWellFormed(line) && line.EnumerateRunes().All(rune => rune.Value == '\t' || Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator));

    // (length[4, big-endian] || field)*, the first of which is the type again; RFC 4253, section 6.6.
    private static bool HasFields(string data, string type, Func<List<byte[]>, bool> isUsable)
    {
        var bytes = new byte[data.Length];
        if (!Convert.TryFromBase64String(data, bytes, out var count) || Convert.ToBase64String(bytes.AsSpan(..count)) != data)
            return false;
        var fields = new List<byte[]>();
        ReadOnlySpan<byte> rest = bytes.AsSpan(..count);
        while (rest.Length > 0)
        {
            if (rest.Length < 4 || BinaryPrimitives.ReadUInt32BigEndian(rest) is var length && length > (uint)(rest.Length - 4))
                return false;
            fields.Add(rest.Slice(4, (int)length).ToArray());
            rest = rest[(4 + (int)length)..];
        }

        return fields is [var first, .. var others] && Encoding.UTF8.GetString(first) == type && isUsable(others);
    }

    private static bool IsCurve(List<byte[]> fields, string name, int length) =>
        fields is [var curve, [4, ..] point] && Encoding.UTF8.GetString(curve) == name && point.Length == length;
}
