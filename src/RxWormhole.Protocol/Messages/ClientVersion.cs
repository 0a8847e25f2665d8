namespace RxWormhole.Protocol;

/// <summary>The name and version a client gives in <see cref="ClientMessage.Bind"/>.</summary>
/// <param name="Name">The implementation, for instance <c>python</c>.</param>
/// <param name="Version">Its version.</param>
public sealed record ClientVersion(string Name, string Version);
