namespace RxWormhole;

/// <summary>What a path leads to.</summary>
public enum FileKind
{
    /// <summary>A file with a length.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link, or something like it.</summary>
    Link,

    /// <summary>A pipe, a socket, a device: nothing with an end.</summary>
    Special,
}
