namespace RxWormhole.Protocol;

/// <summary>The ids of mailboxes.</summary>
/// <remarks>Source: the mailbox protocol, section 2.4: 8 random bytes in lower-case base32 without padding, 13 characters. To clients they are opaque.</remarks>
public static class MailboxId
{
    /// <summary>How many random bytes make an id.</summary>
    public const int EntropyLength = 8;

    private const string Base32 = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>Makes an id.</summary>
    /// <param name="entropy"><see cref="EntropyLength"/> random bytes.</param>
    public static string From(ReadOnlySpan<byte> entropy)
    {
        Span<char> id = stackalloc char[13];
        var bits = BitConverter.ToUInt64(entropy);
        for (var i = 0; i < id.Length; i++, bits >>= 5)
            id[i] = Base32[(int)(bits & 31)];
        return new string(id);
    }
}
