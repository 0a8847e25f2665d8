using System.Reactive.Concurrency;
using RxWormhole.Testing;

namespace RxWormhole.Fuzz;

/// <summary>A folder as a zip file, unpacked when it is complete, as every client sends it.</summary>
internal sealed class ZipFolderTarget : FuzzTarget
{
    internal const string Place = "/down";
    internal const string Folder = "folder";
    private const long MostBytes = 1 << 16;

    internal override string Name => "zip-folder";

    // Three buffers for the directory and pieces, which are of a pool, and inflating.
    internal override int FixedBytes => 2 << 20;

    internal override int BytesPerByte => 8000;

    internal override IReadOnlyList<string> Words { get; } = ["PK\u0001\u0002", "PK\u0003\u0004", "PK\u0005\u0006", "../", "/", "a/b", "C:/", "CON", ".rxwormhole-part", "\0\0\0\0"];

    internal override void Run(ReadOnlySpan<byte> input)
    {
        var files = Disk();
        var options = Options(files);
        var length = input.Length;
        using var zip = new MemoryStream(input.ToArray(), writable: false);
        Check(files, () =>
        {
            var tree = Tree(options, length);
            Finish(new ZipUnpacking(zip, tree, options).RunAsync(CancellationToken.None).AsTask());
            tree.Finish();
        });
    }

    internal static VirtualFiles Disk()
    {
        var files = new VirtualFiles(new HistoricalScheduler());
        files.AddFile("/secret", "secret"u8);
        files.AddFile($"{Place}/there", "there"u8);
        return files;
    }

    internal static ReceiveOptions Options(VirtualFiles files) => new() { Sink = files, Folder = Place, MaxEntries = 200 };

    internal static FolderTree Tree(ReceiveOptions options, long length) =>
        new(Place, Folder, new LandingOffer(Folder, length) { IsFolder = true, Bytes = MostBytes, Files = 10 }, options, null);

    /// <summary>Unpacks, and looks at what became of the disk.</summary>
    internal static void Check(VirtualFiles files, Action unpack)
    {
        try
        {
            unpack();
        }
        catch (TransferException exception) when (exception.Fault is TransferFault.BadFolder or TransferFault.Corrupted)
        {
            Hold.That(Texts.AreTame(exception.Message), "what is said about a folder is tame");
        }

        Hold.Same(files.Read("/secret"), "secret"u8, "nothing is written elsewhere");
        Hold.Same(files.Read($"{Place}/there"), "there"u8, "nothing is written elsewhere");
        Hold.That(files.Paths.All(path => path is "/secret" or $"{Place}/" or $"{Place}/there" || path.StartsWith($"{Place}/{Folder}/", StringComparison.Ordinal)), "nothing is written elsewhere");
        Hold.That(files.Used <= MostBytes + 100, "no more is written than was announced");
        Hold.Same(files.Open, 0, "nothing is left open");
        foreach (var path in files.Paths.Where(path => path.StartsWith($"{Place}/{Folder}/", StringComparison.Ordinal)))
        {
            foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
                Hold.That(part is not (".." or ".") && part.IndexOfAny(['\\', '\0', ':']) < 0, "every name is fit for every platform");
        }
    }

    /// <summary>What is in memory is done at once.</summary>
    internal static void Finish(Task task)
    {
        Hold.That(task.IsCompleted, "nothing is waited for");
        task.GetAwaiter().GetResult();
    }
}
