namespace RxWormhole.Fuzz;

/// <summary>A folder that is unpacked while it arrives, in pieces.</summary>
internal sealed class StreamedFolderTarget : FuzzTarget
{
    internal override string Name => "streamed-folder";

    internal override int FixedBytes => 2 << 20;

    internal override int BytesPerByte => 8000;

    internal override IReadOnlyList<string> Words { get; } = ["PK\u0001\u0002", "PK\u0003\u0004", "PK\u0005\u0006", "PK\u0007\u0008", "Rx\u000c\0", "../", "/", "a/b", "CON", "\0\0\0\0"];

    internal override void Run(ReadOnlySpan<byte> input)
    {
        var whole = Arrive(input, [input.ToArray()]);
        var cut = Arrive(input, Pieces.Of(input));
        // How far a piece gets that breaks off depends on the pieces; where nothing breaks, nothing does.
        Hold.Same(whole is null, cut is null, "however it is cut, it arrives or not");
        if (whole is not null && cut is not null)
            Hold.That(whole.SequenceEqual(cut), "however it is cut, it is the same");
    }

    private static IReadOnlyList<string>? Arrive(ReadOnlySpan<byte> input, List<byte[]> pieces)
    {
        var files = ZipFolderTarget.Disk();
        var options = ZipFolderTarget.Options(files);
        var length = input.Length;
        var isDone = false;
        ZipFolderTarget.Check(files, () =>
        {
            var tree = ZipFolderTarget.Tree(options, length);
            using var arrival = new FolderArrival(tree, null, files, length);
            foreach (var piece in pieces)
                ZipFolderTarget.Finish(arrival.WriteAsync(piece).AsTask());
            isDone = true;
        });
        return isDone ? files.Paths : null;
    }
}
