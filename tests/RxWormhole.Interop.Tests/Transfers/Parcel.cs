namespace RxWormhole.Interop.Tests;

/// <summary>Something to send, and how to see that it arrived.</summary>
public abstract class Parcel
{
    public static Parcel Text { get; } = new TextParcel();

    public static Parcel File { get; } = FileOf(1 << 20);

    public static Parcel Folder { get; } = new TreeParcel(
        "Folder", "folder", new() { ["a.bin"] = 300_000, ["empty"] = 0, ["deep/er/b.bin"] = 70_000, ["deep/é.txt"] = 12 }, []);

    /// <summary>A folder with everything in it.</summary>
    public static Parcel Tree { get; } = new TreeParcel(
        "Tree",
        "tree of ünicode",
        new() { ["a.bin"] = 300_000, ["empty"] = 0, ["run.sh"] = 30, ["deep/er/und tiefer/b.bin"] = 1 << 20, ["日本/файл.txt"] = 12, [".hidden"] = 1 },
        ["nothing here", "deep/nor/here"]);

    /// <summary>Two files and a folder, which our client lays out as they are.</summary>
    public static Parcel Several { get; } = new SeveralParcel();

    public static Parcel FileOf(long length) => new FileParcel(length);

    /// <summary>How many bytes have to go through a relay for it.</summary>
    internal abstract long Size { get; }

    /// <summary>Makes it in a folder.</summary>
    /// <returns>What the sender is told to send.</returns>
    internal abstract string[] Pack(string folder);

    internal abstract void AssertArrived(string from, string to, string output, Client sender, Client receiver);

    private sealed class TextParcel : Parcel
    {
        private const string Words = "hello, wörmhole";

        internal override long Size => 0;

        internal override string[] Pack(string folder) => ["--text", Words];

        internal override void AssertArrived(string from, string to, string output, Client sender, Client receiver) => Assert.That(output, Does.Contain(Words));

        public override string ToString() => "Text";
    }

    private sealed class FileParcel(long length) : Parcel
    {
        private readonly string name = $"{length} bytes.bin";

        internal override long Size => length;

        internal override string[] Pack(string folder)
        {
            RandomFile.Write(Path.Combine(folder, name), length);
            return [Path.Combine(folder, name)];
        }

        internal override void AssertArrived(string from, string to, string output, Client sender, Client receiver)
        {
            Assert.That(Directory.GetFileSystemEntries(to).Select(Path.GetFileName), Is.EqualTo(new[] { name }));
            RandomFile.AssertSame(Path.Combine(from, name), Path.Combine(to, name));
        }

        public override string ToString() => $"FileOf({length})";
    }

    private sealed class TreeParcel(string display, string name, Dictionary<string, int> files, string[] emptyFolders) : Parcel
    {
        private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

        internal override long Size => files.Values.Sum();

        internal override string[] Pack(string folder)
        {
            foreach (var (file, length) in files)
            {
                var path = Path.Combine(folder, name, file);
                RandomFile.Write(path, length);
                if (path.EndsWith(".sh", StringComparison.Ordinal) && !OperatingSystem.IsWindows())
                    System.IO.File.SetUnixFileMode(path, Executable);
            }

            foreach (var empty in emptyFolders)
                Directory.CreateDirectory(Path.Combine(folder, name, empty));
            return [Path.Combine(folder, name)];
        }

        internal override void AssertArrived(string from, string to, string output, Client sender, Client receiver)
        {
            var expected = files.Keys.Select(file => Path.Combine(name, file));
            if (sender.SendsEmptyFolders && receiver.MakesEmptyFolders)
            {
                foreach (var empty in emptyFolders)
                    Assert.That(Directory.Exists(Path.Combine(to, name, empty)) && Directory.GetFileSystemEntries(Path.Combine(to, name, empty)).Length == 0, Is.True, empty);
            }
            else if (sender.SendsEmptyFolders)
            {
                // What the Go client makes of an empty folder is a file.
                expected = expected.Concat(emptyFolders.Select(folder => Path.Combine(name, folder)));
            }

            var arrived = Directory.GetFiles(to, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(to, path)).ToArray();
            Assert.That(arrived, Is.EquivalentTo(expected));
            foreach (var file in files.Keys.Select(file => Path.Combine(name, file)))
            {
                RandomFile.AssertSame(Path.Combine(from, file), Path.Combine(to, file));
                if (sender.KeepsModes && receiver.KeepsModes && !OperatingSystem.IsWindows())
                    Assert.That(System.IO.File.GetUnixFileMode(Path.Combine(to, file)), Is.EqualTo(System.IO.File.GetUnixFileMode(Path.Combine(from, file))), file);
            }
        }

        public override string ToString() => display;
    }

    private sealed class SeveralParcel : Parcel
    {
        internal override long Size => 180_000;

        internal override string[] Pack(string folder)
        {
            RandomFile.Write(Path.Combine(folder, "one.bin"), 100_000);
            RandomFile.Write(Path.Combine(folder, "two"), 50_000);
            RandomFile.Write(Path.Combine(folder, "three", "deep", "er.bin"), 30_000);
            return [Path.Combine(folder, "one.bin"), Path.Combine(folder, "two"), Path.Combine(folder, "three")];
        }

        internal override void AssertArrived(string from, string to, string output, Client sender, Client receiver)
        {
            Assert.That(Directory.GetFileSystemEntries(to).Select(Path.GetFileName), Is.EquivalentTo(new[] { "one.bin", "two", "three" }));
            foreach (var file in new[] { "one.bin", "two", Path.Combine("three", "deep", "er.bin") })
                RandomFile.AssertSame(Path.Combine(from, file), Path.Combine(to, file));
        }

        public override string ToString() => "Several";
    }
}
