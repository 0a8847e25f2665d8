namespace RxWormhole.Interop.Tests.Faults;

/// <summary>How a session with a fault has to end.</summary>
/// <param name="Error">With which error the side behind the proxy fails; null for success of both.</param>
/// <param name="Fault">What it says was the matter with the server; null for any other error.</param>
/// <param name="Other">With which error the other side fails; null for whatever comes of it where there is an error.</param>
public sealed record Expected(Type? Error = null, ServerFault? Fault = null, Type? Other = null)
{
    /// <summary>Both have the same verifier and each other's messages, once and in order, and close happily.</summary>
    internal static Expected Success { get; } = new();

    internal static Expected Unreachable { get; } = Server(ServerFault.Unreachable);

    internal static Expected Protocol { get; } = Server(ServerFault.Protocol);

    internal static Expected Refused { get; } = Server(ServerFault.Refused);

    /// <summary>The two never meet.</summary>
    internal static Expected TimeOver { get; } = new(typeof(WormholeTimeoutException));

    /// <summary>What the other side said does not fit.</summary>
    internal static Expected WrongCode { get; } = new(typeof(WrongCodeException));

    /// <summary>The server has of us what we never said.</summary>
    internal static Expected Stale { get; } = new(typeof(StaleCheckpointException));

    /// <summary>The same, and the other side got it.</summary>
    internal static Expected StaleAndWrongCode { get; } = new(typeof(StaleCheckpointException), Other: typeof(WrongCodeException));

    public override string ToString() => Error is null ? "success" : $"{Error.Name} {Fault}{(Other is null ? "" : $", other side {Other.Name}")}";

    private static Expected Server(ServerFault fault) => new(typeof(ServerException), fault);
}
