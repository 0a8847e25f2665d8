using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>One side of a password-authenticated key exchange that has begun.</summary>
internal interface IKeyAgreement : IDisposable
{
    /// <summary>What goes to the other side.</summary>
    ReadOnlyMemory<byte> Message { get; }

    /// <summary>The key, or null where what the other side said is malformed or not honest.</summary>
    SharedKey? Finish(ReadOnlySpan<byte> theirs, ReadOnlySpan<byte> appId);
}
