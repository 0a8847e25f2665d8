using System.Security.Cryptography;

namespace RxWormhole.Protocol;

/// <summary>Bytes that must not leak: they do not move in memory, are zeroed at the end, compare in fixed time and print nothing.</summary>
public sealed class SecretBytes : IDisposable, IEquatable<SecretBytes>
{
    private readonly byte[] bytes;

    /// <summary>Copies the bytes; the caller wipes its own copy.</summary>
    public SecretBytes(ReadOnlySpan<byte> source)
    {
        bytes = GC.AllocateUninitializedArray<byte>(source.Length, pinned: true);
        source.CopyTo(bytes);
    }

    /// <summary>How many bytes there are.</summary>
    public int Length => bytes.Length;

    /// <summary>The bytes themselves; all zero once disposed of.</summary>
    public ReadOnlySpan<byte> Span => bytes;

    /// <summary>Zeroes the bytes.</summary>
    public void Dispose() => CryptographicOperations.ZeroMemory(bytes);

    /// <summary>Compares in a time that depends on the length only.</summary>
    public bool Equals(SecretBytes? other) => other is not null && CryptographicOperations.FixedTimeEquals(bytes, other.bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SecretBytes);

    /// <summary>The length only, so that a hash code tells nothing.</summary>
    public override int GetHashCode() => bytes.Length;

    /// <summary>Says that there is a secret, never which.</summary>
    public override string ToString() => $"({bytes.Length} secret bytes)";
}
