namespace RxWormhole.Protocol;

/// <summary>The name of an entry of a zip file, made into a path below the folder that it is unpacked into.</summary>
/// <remarks>Source: file transfer, section 5.6. The Python client lets <c>..</c> and backslashes pass where they lead nowhere on its platform.</remarks>
public static class ZipEntryName
{
    /// <summary>The most components a path may have.</summary>
    public const int MaxDepth = 200;

    // Two bytes of length.
    internal const int MaxBytes = ushort.MaxValue;

    /// <summary>Takes a relative name apart; its components are made safe like an offered name.</summary>
    /// <param name="entry">The name as it stands in the zip file; a folder ends with a slash.</param>
    /// <param name="components">The path, at least one component; empty if it is refused.</param>
    /// <param name="isFolder">Whether it ends with a slash.</param>
    /// <param name="reason">Why it is refused, to go on with "the entry cannot be unpacked: "; else empty.</param>
    public static bool TryParse(string entry, out IReadOnlyList<string> components, out bool isFolder, out string reason)
    {
        ArgumentNullException.ThrowIfNull(entry);
        components = [];
        isFolder = entry.EndsWith('/');
        if (entry.Length is 0 or > MaxBytes)
            return Refuse("its name is empty or too long", out reason);
        if (entry[0] == '/')
            return Refuse("its name is absolute", out reason);
        if (entry.Contains('\\', StringComparison.Ordinal))
            return Refuse("its name contains a backslash", out reason);
        if (entry.Length > 1 && char.IsAsciiLetter(entry[0]) && entry[1] == ':' && (entry.Length == 2 || entry[2] == '/'))
            return Refuse("its name begins with a drive", out reason);

        var path = new List<string>();
        foreach (var part in (isFolder ? entry[..^1] : entry).Split('/'))
        {
            if (part == ".")
                continue;
            if (part == "..")
                return Refuse("its name leads upwards", out reason);
            if (path.Count == MaxDepth)
                return Refuse($"it is more than {MaxDepth} folders deep", out reason);
            if (!NameComponent.TryClean(part, out var clean, out var why))
                return Refuse($"a part of its name cannot be used: {why}", out reason);
            path.Add(clean);
        }

        if (path.Count == 0)
            return Refuse("its name is that of the folder itself", out reason);
        components = path;
        reason = "";
        return true;
    }

    private static bool Refuse(string why, out string reason)
    {
        reason = why;
        return false;
    }
}
