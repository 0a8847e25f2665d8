using System.Globalization;
using System.Text;

namespace RxWormhole.Protocol;

/// <summary>One component of a path, fit for the file systems of all platforms.</summary>
internal static class NameComponent
{
    // The bound of most file systems.
    internal const int MaxBytes = 255;

    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"];

    /// <summary>
    /// Replaces what a platform might not like, and takes out what nobody can see. The result never separates, is no <c>.</c> or <c>..</c>, no device,
    /// has no control characters, does not end in a dot or blank, and is short enough.
    /// </summary>
    internal static bool TryClean(string component, out string clean, out string reason)
    {
        clean = "";
        if (component.Length > 4 * MaxBytes)
            return Refuse("it is too long", out reason);
        if (!Utf8Text.IsWellFormed(component))
            return Refuse("it is not valid Unicode", out reason);

        var text = new StringBuilder(component.Length);
        foreach (var rune in component.EnumerateRunes())
        {
            if (IsInvisible(rune))
                continue;
            text.Append(IsAwkward(rune) ? "_" : rune.ToString());
        }

        var name = text.ToString().TrimEnd('.', ' ', '\u3000', '\u00A0');
        if (string.IsNullOrWhiteSpace(name))
            return Refuse("nothing of it can be used", out reason);
        if (IsDevice(name))
            name = "_" + name;
        if (name.EndsWith(OfferedName.PartSuffix, StringComparison.OrdinalIgnoreCase) || name.EndsWith(OfferedName.WorkSuffix, StringComparison.OrdinalIgnoreCase))
            return Refuse("it is reserved for interrupted transfers", out reason);
        if (Encoding.UTF8.GetByteCount(name) > MaxBytes)
            return Refuse($"it is longer than {MaxBytes} bytes", out reason);
        clean = name;
        reason = "";
        return true;
    }

    private static bool Refuse(string why, out string reason)
    {
        reason = why;
        return false;
    }

    // Separators and whatever else has a meaning in a path somewhere, and what moves the cursor of a terminal.
    private static bool IsAwkward(Rune rune) =>
        rune.Value is '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' ||
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    // Text direction above all: "photo[RLO]gpj.exe" shows as "photoexe.jpg". Joiners spell words, and the number signs of Arabic, Syriac and Kaithi are seen.
    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format &&
        rune.Value is not (0x200C or 0x200D or (>= 0x0600 and <= 0x0605) or 0x06DD or 0x070F or 0x0890 or 0x0891 or 0x08E2 or 0x110BD or 0x110CD);

    // On Windows NUL, nul.txt and "NUL .txt" are all the device.
    private static bool IsDevice(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var stem = (dot < 0 ? name : name[..dot]).TrimEnd(' ');
        if (Devices.Contains(stem, StringComparer.OrdinalIgnoreCase))
            return true;
        return stem.Length == 4
            && (stem.StartsWith("COM", StringComparison.OrdinalIgnoreCase) || stem.StartsWith("LPT", StringComparison.OrdinalIgnoreCase))
            && stem[3] is (>= '0' and <= '9') or '\u00B9' or '\u00B2' or '\u00B3';
    }
}
