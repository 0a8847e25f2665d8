using System.Security.Cryptography;
using RxWormhole.Contracts;

namespace RxWormhole.Fuzz;

/// <summary>The inputs that are kept with the sources, a folder for each target.</summary>
internal static class Corpus
{
    internal static string Folder { get; } = Path.Combine(RepositoryRoot.Path, "tests", "RxWormhole.Fuzz", "corpus");

    /// <summary>Those of a target, in the order of their names.</summary>
    internal static List<byte[]> Read(FuzzTarget target) => [.. Files(target).Select(File.ReadAllBytes)];

    internal static IEnumerable<string> Files(FuzzTarget target)
    {
        var folder = Path.Combine(Folder, target.Name);
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal) : [];
    }

    /// <summary>Keeps an input; its name says how it came there, and tells it from others.</summary>
    internal static string Keep(FuzzTarget target, string origin, ReadOnlySpan<byte> input)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder, target.Name)).FullName;
        var path = Path.Combine(folder, $"{origin}-{Convert.ToHexStringLower(SHA256.HashData(input).AsSpan(0, 5))}");
        File.WriteAllBytes(path, input);
        return path;
    }
}
