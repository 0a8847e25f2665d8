namespace RxWormhole;

/// <summary>What the other side has for us: an <see cref="IncomingText"/>, an <see cref="IncomingFile"/> or an <see cref="IncomingFolder"/>.</summary>
public abstract class IncomingOffer
{
    private protected IncomingOffer()
    {
    }
}
