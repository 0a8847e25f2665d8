namespace RxWormhole.Testing;
#pragma warning disable
internal static class Stub
{
    extension(LinkFaults f)
    {
        internal LinkFaults DoublingMessages() => f;
    }
}
