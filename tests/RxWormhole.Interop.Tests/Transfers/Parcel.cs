using System.Security.Cryptography;

namespace RxWormhole.Interop.Tests;

/// <summary>Something to send, and how to see that it arrived.</summary>
public abstract class Parcel
{
    public static Parcel Text { get; } = new TextParcel();

    public static Parcel File { get; } = new TreeParcel("File", "one.bin", new() { [""] = 1 << 20 });

    public static Parcel Folder { get; } = new TreeParcel("Folder", "folder", new() { ["a.bin"] = 300_000, ["empty"] = 0, ["deep/er/b.bin"] = 70_000, ["deep/é.txt"] = 12 });

    /// <summary>How many bytes have to go through a relay for it.</summary>
    internal abstract long Size { get; }

    /// <summary>Makes it in a folder.</summary>
    /// <returns>What the sender is told to send.</returns>
    internal abstract string[] Pack(string folder);

    internal abstract void AssertArrived(string from, string to, string output);

    private sealed class TextParcel : Parcel
    {
        private const string Words = "hello, wörmhole";

        internal override long Size => 0;

        internal override string[] Pack(string folder) => ["--text", Words];

        internal override void AssertArrived(string from, string to, string output) => Assert.That(output, Does.Contain(Words));

        public override string ToString() => "Text";
    }

    // Random bytes, which no compression makes fewer. A file is a tree of nothing but itself.
    private sealed class TreeParcel(string display, string name, Dictionary<string, int> files) : Parcel
    {
        internal override long Size => files.Values.Sum();

        internal override string[] Pack(string folder)
        {
            foreach (var (file, length) in files)
            {
                var path = Path.Combine(folder, name, file).TrimEnd('/');
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                System.IO.File.WriteAllBytes(path, RandomNumberGenerator.GetBytes(length));
            }

            return [Path.Combine(folder, name)];
        }

        internal override void AssertArrived(string from, string to, string output)
        {
            var arrived = Directory.GetFiles(to, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(to, path)).ToArray();
            Assert.That(arrived, Is.EquivalentTo(files.Keys.Select(file => Path.Combine(name, file).TrimEnd('/'))));
            foreach (var file in arrived)
                Assert.That(System.IO.File.ReadAllBytes(Path.Combine(to, file)).AsSpan().SequenceEqual(System.IO.File.ReadAllBytes(Path.Combine(from, file))), Is.True, file);
        }

        public override string ToString() => display;
    }
}
