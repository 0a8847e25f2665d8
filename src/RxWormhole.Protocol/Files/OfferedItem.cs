namespace RxWormhole.Protocol;

/// <summary>One of several files and folders that are offered together.</summary>
/// <param name="Name">Its name as it stands in the zip file, without a slash.</param>
/// <param name="IsFolder">Whether it is a folder.</param>
public sealed record OfferedItem(string Name, bool IsFolder);
