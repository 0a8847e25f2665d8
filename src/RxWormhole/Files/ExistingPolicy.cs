namespace RxWormhole;

/// <summary>What becomes of a received file or folder where there is one of its name.</summary>
public enum ExistingPolicy
{
    /// <summary>It is refused, and the sender is told.</summary>
    Refuse,

    /// <summary>It gets another name, for instance <c>photo (1).jpg</c>.</summary>
    Rename,

    /// <summary>A file takes the place of a file when it is complete. Folders are still refused, and so is everything of several files and folders that come together.</summary>
    Overwrite,
}
