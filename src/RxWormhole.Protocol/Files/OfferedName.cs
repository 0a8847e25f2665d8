namespace RxWormhole.Protocol;

/// <summary>The name that a sender offers for a file or folder, made into one that can be used anywhere.</summary>
/// <remarks>Source: file transfer, section 5.6. The Python client takes the last component and looks at nothing else.</remarks>
public static class OfferedName
{
    /// <summary>How the names of files end that are left of interrupted transfers; what is offered with such a name is refused.</summary>
    public const string PartSuffix = ".rxwormhole-part";

    /// <summary>How the names of files and folders end that are being received; what is offered with such a name is refused.</summary>
    public const string WorkSuffix = ".rxwormhole-tmp";

    /// <summary>
    /// Takes the last component of the name, replaces characters that have a meaning on some platform with <c>_</c>, and takes out those that nobody sees.
    /// </summary>
    /// <param name="offered">What the sender says.</param>
    /// <param name="allowHidden">Whether a name may begin with a dot.</param>
    /// <param name="name">One component, at most 255 bytes of UTF-8; empty if it is refused.</param>
    /// <param name="reason">Why it is refused, to go on with "the name cannot be used: "; else empty.</param>
    public static bool TryMakeSafe(string offered, bool allowHidden, out string name, out string reason)
    {
        ArgumentNullException.ThrowIfNull(offered);
        var last = offered[(offered.LastIndexOf('/') + 1)..];
        name = "";
        if (last.Length == 0)
        {
            reason = "it is empty";
            return false;
        }

        if (last is "." or "..")
        {
            reason = "it is a folder on the way to itself";
            return false;
        }

        if (!NameComponent.TryClean(last, out var clean, out reason))
            return false;
        if (!allowHidden && clean[0] == '.')
        {
            reason = "it begins with a dot";
            return false;
        }

        name = clean;
        return true;
    }
}
