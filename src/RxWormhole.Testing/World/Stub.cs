namespace RxWormhole.Testing;
#pragma warning disable
internal static class Stub
{
    extension(VirtualClient c)
    {
        internal IRendezvousConnector OverHttp => c;
    }
    extension(LinkFaults f)
    {
        internal LinkFaults DoublingMessages() => f;
    }
}
