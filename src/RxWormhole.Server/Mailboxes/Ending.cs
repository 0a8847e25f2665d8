namespace RxWormhole.Server;

/// <summary>Why the server ends a connection.</summary>
/// <param name="CloseCode">The close code for a WebSocket; IANA's registry says what they mean.</param>
/// <param name="Status">The status for an HTTP request, or 200 where its answer says enough.</param>
/// <param name="Reason">For the client.</param>
internal sealed record Ending(int CloseCode, int Status, string Reason)
{
    internal static Ending NoPermission { get; } = new(1008, 200, "a permission is required");

    internal static Ending NeverBound { get; } = new(1008, 408, "no bind came in time");

    internal static Ending TooManyMessages { get; } = new(1008, 429, "too many messages in a short time");

    internal static Ending ReadsTooSlowly { get; } = new(1008, 503, "you read too slowly");

    internal static Ending TooMuchAtOnce { get; } = new(1008, 413, "the answer to this request is too long; ask for less at once");

    internal static Ending NothingToSpare { get; } = new(1013, 503, "the server has too much to send; try again later");

    internal static Ending NotStored { get; } = new(1011, 503, "the server could not store this; try again later");

    internal static Ending Restart { get; } = new(1012, 503, "the server restarts; come back in some seconds");

    internal static Ending NotAnArray { get; } = new(1007, 400, "a request must be one JSON array of messages");

    internal static Ending TooLateToRead { get; } = new(1008, 408, "the request did not come in time");

    internal static Ending TooLong(int limit) => new(1009, 413, $"a message may have {limit} bytes");
}
