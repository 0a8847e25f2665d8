namespace RxWormhole.Interop.Tests;

/// <summary>How the two sides of a transfer are connected.</summary>
public enum TransferWay
{
    Relay,
    Direct,
}
