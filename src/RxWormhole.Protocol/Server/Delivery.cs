namespace RxWormhole.Protocol;

/// <summary>A message a server sends.</summary>
/// <param name="Connection">The connection it goes to.</param>
/// <param name="Message">The message.</param>
public readonly record struct Delivery(int Connection, ServerMessage Message);
