using System.Collections.Immutable;

namespace RxWormhole.Protocol;

/// <summary>What a sender offers.</summary>
/// <remarks>Source: file transfer, sections 5.2 to 5.4. All of it is untrusted where a peer sent it.</remarks>
public abstract record TransferOffer
{
    private TransferOffer()
    {
    }

    /// <summary>A text, which is already there.</summary>
    /// <param name="Message">The text.</param>
    public sealed record Text(string Message) : TransferOffer
    {
        /// <summary>Its length only: a text may be private.</summary>
        public override string ToString() => $"text of {Message.Length} characters";
    }

    /// <summary>A file.</summary>
    /// <param name="Name">Its name, as offered.</param>
    /// <param name="Length">Its length in bytes, not negative.</param>
    public sealed record File(string Name, long Length) : TransferOffer;

    /// <summary>A file whose length nobody knows before it was sent. Between two of ours only.</summary>
    /// <param name="Name">Its name, as offered.</param>
    public sealed record OpenEnded(string Name) : TransferOffer;

    /// <summary>A folder, sent as a zip file.</summary>
    /// <param name="Name">Its name, as offered.</param>
    /// <param name="ZipLength">The length of the zip file in bytes, not negative.</param>
    /// <param name="Bytes">What the sender says the files in it have in all.</param>
    /// <param name="Files">How many files the sender says there are.</param>
    public sealed record Folder(string Name, long ZipLength, long Bytes, long Files) : TransferOffer
    {
        /// <summary>The most things that are offered one by one.</summary>
        public const int MaxSeveral = 1000;

        /// <summary>The way it is packed; whatever begins with <c>zipfile</c> is a zip file.</summary>
        public string Mode { get; init; } = "zipfile/deflated";

        /// <summary>
        /// What was named one by one, and belongs directly into the target folder: the first level of the zip file, which is no folder of its own then.
        /// Empty for a folder. Between two of ours only.
        /// </summary>
        public ImmutableArray<OfferedItem> Several { get; init; } = [];

        /// <summary>Whether it is a zip file at all.</summary>
        public bool IsZip => Mode.StartsWith("zipfile", StringComparison.Ordinal);
    }

    /// <summary>Something newer than this library.</summary>
    public sealed record Unknown : TransferOffer;
}
