namespace RxWormhole.Protocol;

/// <summary>A file or folder as an entry of a zip file.</summary>
/// <param name="Name">The path below the folder that is sent, with slashes; without one at the end.</param>
/// <param name="IsFolder">Whether it is a folder.</param>
/// <param name="Length">The length of a file; 0 for a folder.</param>
/// <param name="Mode">The permission bits of Unix.</param>
/// <param name="Modified">When it was changed; the zip file holds it to two seconds, from 1980 to 2107.</param>
public sealed record ZipItem(string Name, bool IsFolder, long Length, UnixFileMode Mode, DateTimeOffset Modified);
