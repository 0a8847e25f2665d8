using System.Text;
using RxWormhole.Protocol;

namespace RxWormhole.Fuzz;

/// <summary>Names of files and folders that a sender offers, alone and in a zip file.</summary>
internal sealed class NameTarget : FuzzTarget
{
    internal override string Name => "name";

    internal override int BytesPerByte => 2000;

    internal override IReadOnlyList<string> Words { get; } =
        ["CON", "nul.txt", "COM1", "COM\u00b9", "LPT9", "CONIN$", ".rxwormhole-part", ".rxwormhole-tmp", ".RXWORMHOLE-PART", ".", "..", "./", "../", "/", "\\", "C:", ".hidden", " ", ". .", "\u3000", "\u00a0", "\u2003"];

    internal override void Run(ReadOnlySpan<byte> input)
    {
        var text = Texts.Of(input);
        Offered(text, allowHidden: true);
        Offered(text, allowHidden: false);

        var isRead = ZipEntryName.TryParse(text, out var components, out var isFolder, out var reason);
        Hold.That(isRead == (components.Count > 0) && isRead == (reason.Length == 0), "either a path or a reason");
        Hold.That(components.Count <= ZipEntryName.MaxDepth && components.All(IsFit), "every part is fit for every platform");
        if (isRead)
        {
            Hold.That(ZipEntryName.TryParse(string.Join('/', components) + (isFolder ? "/" : ""), out var again, out var isStill, out _) && isStill == isFolder, "what was made safe is taken");
            Hold.That(components.SequenceEqual(again), "what was made safe stays");
        }

        // What it becomes where it is there already, or only half of it.
        if (NameComponent.TryClean(text, out var clean, out _))
        {
            Hold.That(IsFit(clean), "a part is fit for every platform");
            Hold.That(Encoding.UTF8.GetByteCount(PartName.Numbered(clean, 100, isFolder: false)) <= NameComponent.MaxBytes, "a number fits");
        }
    }

    private static void Offered(string text, bool allowHidden)
    {
        var isSafe = OfferedName.TryMakeSafe(text, allowHidden, out var name, out var reason);
        Hold.That(isSafe == (name.Length > 0) && isSafe == (reason.Length == 0), "either a name or a reason");
        if (!isSafe)
            return;
        Hold.That(IsFit(name) && (allowHidden || name[0] != '.'), "a name is fit for every platform");
        Hold.That(OfferedName.TryMakeSafe(name, allowHidden, out var again, out _), "what was made safe is taken");
        Hold.Same(name, again, "what was made safe stays");
    }

    private static bool IsFit(string name) =>
        name is not ("" or "." or "..") && name.IndexOfAny(['/', '\\', ':', '*', '?', '"', '<', '>', '|']) < 0 && !name.Any(char.IsControl)
        && Encoding.UTF8.GetByteCount(name) <= NameComponent.MaxBytes && name[^1] is not ('.' or ' ') && Utf8Text.IsWellFormed(name);
}
