namespace RxWormhole.Protocol;

/// <summary>Thirty-two bytes that are equal on both sides exactly when nobody sits in between; for people to compare. No secret.</summary>
/// <remarks>
/// Source: key exchange, section 3.6. Comparing it takes away the chance of one in 65,536 that somebody guessed a two-word code.
/// </remarks>
public sealed class Verifier : IEquatable<Verifier>
{
    /// <summary>The length in bytes.</summary>
    public const int Length = 32;

    // Somebody in the middle who guessed the code could try keys with both sides and look for a pair that agrees in the short form;
    // 64 bits make that 2^32 key exchanges on each side within one session.
    private const int ShortLength = 8;

    private readonly byte[] bytes;

    /// <summary>Takes a copy of the 32 bytes.</summary>
    public Verifier(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
            throw new ArgumentException($"A verifier has {Length} bytes.", nameof(bytes));
        this.bytes = bytes.ToArray();
    }

    /// <summary>The 32 bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>The full form, as the Python and Go clients show it: 64 lower-case hex digits.</summary>
    public string Hex => Convert.ToHexStringLower(bytes);

    /// <summary>A form to read aloud: eight words of the PGP list for the first eight bytes, joined by spaces. Both sides must use this library.</summary>
    public string Words => WordList.Choose(bytes.AsSpan(0, ShortLength)).Replace('-', ' ');

    /// <inheritdoc/>
    public bool Equals(Verifier? other) => other is not null && bytes.AsSpan().SequenceEqual(other.bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Verifier);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(bytes);

    /// <summary>Whether both are the same 32 bytes.</summary>
    public static bool operator ==(Verifier? left, Verifier? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(Verifier? left, Verifier? right) => !(left == right);

    /// <summary>The 64 hex digits.</summary>
    public override string ToString() => Hex;
}
