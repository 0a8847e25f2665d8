using System.Security.Cryptography;
using System.Text;

namespace RxWormhole.Protocol;

/// <summary>Everything that is derived from a transit key. Prints nothing; wiped when disposed of.</summary>
/// <remarks>Source: transit, sections 4.3 to 4.5.</remarks>
public sealed class TransitKeys : IDisposable
{
    /// <summary>The length of a transit key, and of each key derived from it, in bytes.</summary>
    public const int Length = 32;

    /// <summary>The length of the side a relay is told, in bytes.</summary>
    public const int SideLength = 8;

    private readonly SecretBytes senderLine;
    private readonly SecretBytes receiverLine;
    private readonly SecretBytes relayToken;
    private readonly SecretBytes senderRecords;
    private readonly SecretBytes receiverRecords;
    private bool isDisposed;

    /// <summary>Derives all keys. The transit key itself is not kept; the caller wipes its copy.</summary>
    /// <exception cref="ArgumentException">The length is not 32.</exception>
    public TransitKeys(ReadOnlySpan<byte> transitKey)
    {
        if (transitKey.Length != Length)
            throw new ArgumentException($"A transit key has {Length} bytes.", nameof(transitKey));
        senderLine = Line(transitKey, "transit_sender"u8, "transit sender "u8);
        receiverLine = Line(transitKey, "transit_receiver"u8, "transit receiver "u8);
        relayToken = Derived(transitKey, "transit_relay_token"u8);
        senderRecords = Derived(transitKey, "transit_record_sender_key"u8);
        receiverRecords = Derived(transitKey, "transit_record_receiver_key"u8);
    }

    /// <summary>What the sender writes on the connection that is used.</summary>
    public static ReadOnlySpan<byte> Go => "go\n"u8;

    /// <summary>What the sender writes on a connection that is not used.</summary>
    public static ReadOnlySpan<byte> Nevermind => "nevermind\n"u8;

    /// <summary>What a relay writes when both sides are there.</summary>
    public static ReadOnlySpan<byte> RelayAccepts => "ok\n"u8;

    /// <summary>The purpose for which the transit key is derived from the key both sides share.</summary>
    /// <param name="appId">The application id.</param>
    public static string Purpose(string appId) => $"{appId}/transit-key";

    /// <summary>What a side writes first on a connection to the other.</summary>
    /// <param name="writer">The role of the side that writes it.</param>
    public ReadOnlySpan<byte> Handshake(TransitRole writer) => Of(writer, senderLine, receiverLine);

    /// <summary>The key that seals the records a side writes.</summary>
    /// <param name="writer">The role of the side that writes them.</param>
    public ReadOnlySpan<byte> RecordKey(TransitRole writer) => Of(writer, senderRecords, receiverRecords);

    /// <summary>What is written first on a connection to a relay.</summary>
    /// <param name="side">8 random bytes, the same on all connections of one side.</param>
    public byte[] RelayRequest(ReadOnlySpan<byte> side)
    {
        if (side.Length != SideLength)
            throw new ArgumentException($"A side has {SideLength} bytes.", nameof(side));
        ObjectDisposedException.ThrowIf(isDisposed, this);
        // please relay <64 hex> for side <16 hex>\n
        return Encoding.ASCII.GetBytes($"please relay {Convert.ToHexStringLower(relayToken.Span)} for side {Convert.ToHexStringLower(side)}\n");
    }

    /// <summary>Wipes the keys.</summary>
    public void Dispose()
    {
        isDisposed = true;
        foreach (var secret in new[] { senderLine, receiverLine, relayToken, senderRecords, receiverRecords })
            secret.Dispose();
    }

    /// <summary>Says that there are keys, never which.</summary>
    public override string ToString() => "(transit keys)";

    private static SecretBytes Derived(ReadOnlySpan<byte> transitKey, ReadOnlySpan<byte> purpose)
    {
        var derived = KeyDerivation.Derive(transitKey, purpose, Length);
        var kept = new SecretBytes(derived);
        CryptographicOperations.ZeroMemory(derived);
        return kept;
    }

    // transit sender <64 hex> ready\n\n
    private static SecretBytes Line(ReadOnlySpan<byte> transitKey, ReadOnlySpan<byte> purpose, ReadOnlySpan<byte> start)
    {
        using var derived = Derived(transitKey, purpose);
        var end = " ready\n\n"u8;
        Span<byte> line = stackalloc byte[start.Length + 2 * Length + end.Length];
        start.CopyTo(line);
        Convert.TryToHexStringLower(derived.Span, line[start.Length..], out _);
        end.CopyTo(line[^end.Length..]);
        var kept = new SecretBytes(line);
        CryptographicOperations.ZeroMemory(line);
        return kept;
    }

    private ReadOnlySpan<byte> Of(TransitRole role, SecretBytes sender, SecretBytes receiver)
    {
        // Zeroed keys would let anybody in.
        ObjectDisposedException.ThrowIf(isDisposed, this);
        return role switch
        {
            TransitRole.Sender => sender.Span,
            TransitRole.Receiver => receiver.Span,
            _ => throw new ArgumentOutOfRangeException(nameof(role)),
        };
    }
}
