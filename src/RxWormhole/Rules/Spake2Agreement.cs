using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>The key exchange that is spoken: SPAKE2.</summary>
internal sealed class Spake2Agreement(ReadOnlySpan<byte> password, SecretBytes scalar) : IKeyAgreement
{
    private readonly Spake2Exchange exchange = Spake2.Start(password, scalar);

    public ReadOnlyMemory<byte> Message => exchange.Message;

    public SharedKey? Finish(ReadOnlySpan<byte> theirs, ReadOnlySpan<byte> appId) => exchange.Finish(theirs, appId);

    public void Dispose() => exchange.Dispose();
}
