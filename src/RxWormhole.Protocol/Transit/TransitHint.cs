using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace RxWormhole.Protocol;

/// <summary>One way in which a side may be reached.</summary>
/// <remarks>Source: transit, section 4.2.</remarks>
public abstract record TransitHint
{
    private protected TransitHint()
    {
    }
}

/// <summary>An address where somebody listens: the side itself, or a relay inside a <see cref="RelayHint"/>.</summary>
/// <param name="Hostname">A name or an IP address, without brackets. Untrusted where a peer sent it.</param>
/// <param name="Port">1 to 65,535.</param>
/// <param name="Priority">The higher, the earlier it is tried; any finite number.</param>
public sealed record DirectHint(string Hostname, int Port, double Priority = 0) : TransitHint;

/// <summary>An onion service. Useless without Tor, and kept only to be told from what is unknown.</summary>
/// <param name="Hostname">The onion address.</param>
/// <param name="Port">1 to 65,535.</param>
/// <param name="Priority">The higher, the earlier it is tried; any finite number.</param>
public sealed record TorHint(string Hostname, int Port, double Priority = 0) : TransitHint;

/// <summary>A relay that is reached by WebSocket; only found inside a <see cref="RelayHint"/>.</summary>
/// <param name="Url">Its address, <c>ws://</c> or <c>wss://</c>.</param>
/// <param name="Priority">The higher, the earlier it is tried; any finite number.</param>
public sealed record WebSocketHint(Uri Url, double Priority = 0) : TransitHint;

/// <summary>One relay, with one or more ways to reach it.</summary>
/// <param name="Ways"><see cref="DirectHint"/>, <see cref="TorHint"/> and <see cref="WebSocketHint"/>, at least one.</param>
/// <param name="Name">What its owner calls it, or null.</param>
public sealed record RelayHint(ImmutableArray<TransitHint> Ways, string? Name = null) : TransitHint
{
    /// <summary>Reads a relay as people write it: <c>tcp:HOST:PORT</c>, optionally with <c>:priority=NUMBER</c> behind it and IPv6 in square brackets, or a <c>ws://</c> or <c>wss://</c> address.</summary>
    /// <param name="text">The text.</param>
    /// <param name="hint">The relay, with one way to reach it.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out RelayHint? hint)
    {
        hint = text is not null && HintText.Read(text) is { } way ? new RelayHint([way]) : null;
        return hint is not null;
    }

    /// <summary>Reads the text of a relay in a configuration, which has to make sense.</summary>
    /// <inheritdoc cref="TryParse" path="/param[@name='text']"/>
    /// <exception cref="FormatException">The text is no relay.</exception>
    public static RelayHint Parse(string text) => TryParse(text, out var hint)
        ? hint
        : throw new FormatException($"'{text}' is no relay: tcp:HOST:PORT, ws://… or wss://… is.");

    /// <inheritdoc/>
    public bool Equals(RelayHint? other) => other is not null && Name == other.Name && Ways.AsSpan().SequenceEqual(other.Ways.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Ways.Length;
}
